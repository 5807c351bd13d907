import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvaluationRow, Period } from '#contract/evaluation';
import { useLanguage, useName } from '../../i18n/use-language.ts';
import { useOverview } from '../../map/use-map-data.ts';
import { StateNote } from '../../ui/state-note.tsx';
import { useErrorText } from '../access/use-error-text.ts';
import { evaluationQuery } from './api.ts';
import { drawDivisions, placeLabels } from './draw-divisions.ts';
import { bandOf, bands } from './score-band.ts';
import styles from './score-map.module.css';
import { useEvaluationFormats } from './use-evaluation-formats.ts';

export const mapLevels = ['subdistrict', 'community'] as const;
export type MapLevel = (typeof mapLevels)[number];

interface ScoreMapProps {
  period: Period;
  level: MapLevel;
  onLevel: (level: MapLevel) => void;
  selected?: string | undefined;
  onSelect: (level: MapLevel, code: string) => void;
}

/** The district by score: darker is lower. The ranking beside it says the same in numbers. */
export function ScoreMap({ period, level, onLevel, selected, onSelect }: ScoreMapProps) {
  const { t } = useTranslation(['evaluation', 'shell']);
  const errorText = useErrorText();
  const evaluation = useQuery(evaluationQuery(period, level));
  const overview = useOverview();
  const drawing = useMemo(
    () => overview.data && drawDivisions(overview.data.divisions.filter((one) => one.level === level)),
    [overview.data, level],
  );
  return (
    <div className={styles.map}>
      <Segmented<MapLevel>
        value={level}
        onChange={onLevel}
        options={mapLevels.map((value) => ({ value, label: t(`subject.${value}`) }))}
      />
      {evaluation.error && !evaluation.data ? (
        <StateNote
          kind="error"
          title={errorText(evaluation.error)}
          action={{ label: t('shell:retry'), run: () => void evaluation.refetch() }}
        />
      ) : drawing && evaluation.data ? (
        <Drawing
          drawing={drawing}
          items={evaluation.data.items}
          selected={selected}
          onSelect={(code) => onSelect(level, code)}
        />
      ) : (
        <StateNote kind="loading" title={t('map.loading')} />
      )}
      <Legend />
    </div>
  );
}

interface DrawingProps {
  drawing: ReturnType<typeof drawDivisions>;
  items: readonly EvaluationRow[];
  selected: string | undefined;
  onSelect: (code: string) => void;
}

function Drawing({ drawing, items, selected, onSelect }: DrawingProps) {
  const { t } = useTranslation('evaluation');
  const name = useName();
  const formats = useEvaluationFormats();
  const language = useLanguage();
  const hatch = useId();
  const [pointed, setPointed] = useState<string>();
  const byCode = useMemo(() => new Map(items.map((row) => [row.subject.code, row])), [items]);
  const labelled = useMemo(
    () =>
      placeLabels(drawing.areas, ({ name: names }) => ({
        widthPixels: language === 'en' ? names.en.length * 6.5 : names.zh.length * 13,
        heightPixels: 32,
      })),
    [drawing, language],
  );
  const shown = drawing.areas.find(({ code }) => code === (pointed ?? selected));
  const scoreOf = (code: string) => byCode.get(code)?.score ?? null;
  return (
    <>
      <svg
        viewBox={`0 0 ${drawing.width} ${drawing.height}`}
        className={styles.drawing}
        role="img"
        aria-label={t('map.label')}
        onPointerLeave={() => setPointed(undefined)}
      >
        <defs>
          <pattern
            id={hatch}
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <path d="M0 0V6" className={styles.hatch} />
          </pattern>
        </defs>
        {drawing.areas.map(({ code, path }) => {
          const band = bandOf(scoreOf(code));
          return (
            <path
              key={code}
              d={path}
              className={styles.area}
              data-code={code}
              data-selected={code === selected}
              style={{ fill: band === undefined ? `url(#${hatch})` : `var(--band-${band})` }}
              onPointerEnter={() => setPointed(code)}
              onClick={() => onSelect(code)}
            />
          );
        })}
        {shown && <path d={shown.path} className={styles.pointed} />}
        {drawing.areas.map(
          ({ code, name: names, labelAt }) =>
            labelled.has(code) && (
              <text key={code} x={labelAt[0]} y={labelAt[1]} className={styles.label}>
                <tspan x={labelAt[0]}>{name(names)}</tspan>
                <tspan x={labelAt[0]} dy="1.2em" className={styles.labelScore}>
                  {formats.score(scoreOf(code))}
                </tspan>
              </text>
            ),
        )}
      </svg>
      <p className={styles.caption} aria-hidden="true">
        {shown ? `${name(shown.name)} ${formats.score(scoreOf(shown.code))}` : t('map.hint')}
      </p>
    </>
  );
}

function Legend() {
  const { t } = useTranslation('evaluation');
  return (
    <ul className={styles.legend}>
      {bands.map((from, band) => (
        <li key={from}>
          <span className={styles.swatch} style={{ background: `var(--band-${band})` }} />
          {band === bands.length - 1
            ? `≥ ${from}`
            : band === 0
              ? `< ${bands[1]}`
              : `${from}–${bands[band + 1]}`}
        </li>
      ))}
      <li>
        <span className={styles.swatch} data-none />
        {t('map.nothing')}
      </li>
    </ul>
  );
}
