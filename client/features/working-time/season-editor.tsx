import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { findSeasonProblem } from '#clock/working-calendar';
import type { WorkSeasonRow } from '#contract/working-time';
import { fromTime, toTime } from './draft.ts';
import styles from './working-time.module.css';

interface SeasonEditorProps {
  seasons: WorkSeasonRow[];
  onChange: (seasons: WorkSeasonRow[]) => void;
}

/** Working hours by season; what does not fit together is said while it is typed. */
export function SeasonEditor({ seasons, onChange }: SeasonEditorProps) {
  const { t } = useTranslation('working-time');
  const put = (index: number, season: WorkSeasonRow) =>
    onChange(seasons.map((one, other) => (other === index ? season : one)));
  const problem = findSeasonProblem(
    seasons.map(({ from, to, spans }) => ({ fromMonthDay: from, toMonthDay: to, spans })),
  );
  return (
    <div className={styles.seasons}>
      {seasons.map((season, index) => (
        <fieldset key={index} className={styles.season}>
          <legend className="visually-hidden">{t('season', { number: index + 1 })}</legend>
          <div className={styles.line}>
            {(['from', 'to'] as const).map((end) => (
              <Input
                key={end}
                className={styles.short ?? ''}
                aria-label={t(end === 'from' ? 'seasonFrom' : 'seasonTo', { number: index + 1 })}
                value={season[end]}
                maxLength={5}
                onChange={({ target }) => put(index, { ...season, [end]: target.value })}
              />
            ))}
            {seasons.length > 1 && (
              <Button type="text" onClick={() => onChange(seasons.filter((_, other) => other !== index))}>
                {t('remove')}
              </Button>
            )}
          </div>
          {season.spans.map((span, which) => (
            <div key={which} className={styles.line}>
              {([0, 1] as const).map((side) => (
                <TimeInput
                  key={`${side} ${span[side]}`}
                  label={t(side === 0 ? 'spanFrom' : 'spanTo', { number: which + 1 })}
                  minute={span[side]}
                  onChange={(minute) => {
                    const next: [number, number] = side === 0 ? [minute, span[1]] : [span[0], minute];
                    put(index, {
                      ...season,
                      spans: season.spans.map((one, n) => (n === which ? next : one)),
                    });
                  }}
                />
              ))}
              {season.spans.length > 1 && (
                <Button
                  type="text"
                  onClick={() => put(index, { ...season, spans: season.spans.filter((_, n) => n !== which) })}
                >
                  {t('remove')}
                </Button>
              )}
            </div>
          ))}
          {season.spans.length < 6 && (
            <Button
              size="small"
              onClick={() => put(index, { ...season, spans: [...season.spans, nextSpan(season)] })}
            >
              {t('addSpan')}
            </Button>
          )}
        </fieldset>
      ))}
      {seasons.length < 12 && (
        <Button
          size="small"
          onClick={() => onChange([...seasons, { from: '01-01', to: '01-31', spans: [[510, 690]] }])}
        >
          {t('addSeason')}
        </Button>
      )}
      {problem && (
        <p className={styles.problem} role="alert">
          {problem.kind === 'no-such-day' && t('problem.noSuchDay', { day: problem.day })}
          {problem.kind === 'hours-overlap' &&
            t('problem.overlap', { from: toTime(problem.span[0]), to: toTime(problem.span[1]) })}
          {problem.kind === 'not-one-season' &&
            t(problem.seasons === 0 ? 'problem.gap' : 'problem.shared', { day: problem.day })}
        </p>
      )}
    </div>
  );
}

function nextSpan({ spans }: WorkSeasonRow): [number, number] {
  const end = spans.at(-1)?.[1] ?? 0;
  return [Math.min(end, 1380), Math.min(end + 60, 1440)];
}

function TimeInput({
  label,
  minute,
  onChange,
}: {
  label: string;
  minute: number;
  onChange: (minute: number) => void;
}) {
  return (
    <Input
      className="tabular"
      style={{ width: 84 }}
      aria-label={label}
      defaultValue={toTime(minute)}
      maxLength={5}
      onBlur={({ target }) => {
        const next = fromTime(target.value);
        if (next === undefined) target.value = toTime(minute);
        else onChange(next);
      }}
    />
  );
}
