import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvaluationMode, EvaluationRow, Figure } from '#contract/evaluation';
import { useName } from '../../i18n/use-language.ts';
import { extrasOf, typeOfExtra } from './extras-of.ts';
import { FigureButton } from './figure-button.tsx';
import { countOf, judgementOf, modes, sortByRank, tiedRanks, type OpenFigure } from './judgement-of.ts';
import { RankMark } from './rank-mark.tsx';
import styles from './ranking-cards.module.css';
import { useEvaluationFormats } from './use-evaluation-formats.ts';

const PAGE = 30;
const counts = ['due', 'solved', 'in-time', 'overdue-open'] as const satisfies Figure[];
const flags = ['postponed', 'extended', 'returned', 'repeated'] as const satisfies Figure[];

interface RankingCardsProps {
  items: readonly EvaluationRow[];
  selected?: string | undefined;
  onSelect?: ((code: string) => void) | undefined;
  onOpen?: OpenFigure | undefined;
}

/** The ranking on a phone: a card for each subject, both modes below each other. */
export function RankingCards({ items, selected, onSelect, onOpen }: RankingCardsProps) {
  const { t } = useTranslation(['evaluation', 'cases']);
  const name = useName();
  const formats = useEvaluationFormats();
  const [shown, setShown] = useState(PAGE);
  const rows = useMemo(() => sortByRank(items, 'strict'), [items]);
  const extras = useMemo(() => extrasOf(items), [items]);
  const tied = useMemo(
    () => ({ strict: tiedRanks(items, 'strict'), tolerant: tiedRanks(items, 'tolerant') }),
    [items],
  );
  const figure = (which: Figure, mode: EvaluationMode, row: EvaluationRow) =>
    onOpen ? (
      <FigureButton
        count={countOf(row, which, mode)}
        label={`${name(row.subject.name)} ${t(`figure.${which}`)}`}
        onOpen={() => onOpen(which, mode, row.subject.code)}
      />
    ) : (
      formats.count(countOf(row, which, mode))
    );
  if (rows.length === 0) return <p className={styles.soft}>{t('noSubjects')}</p>;
  return (
    <>
      <ol className={styles.cards}>
        {rows.slice(0, shown).map((row) => (
          <li key={row.subject.code} className={styles.card} data-selected={row.subject.code === selected}>
            <button
              type="button"
              className={styles.name}
              aria-pressed={row.subject.code === selected}
              disabled={!onSelect}
              onClick={() => onSelect?.(row.subject.code)}
            >
              {name(row.subject.name)}
            </button>
            <table className={styles.modes}>
              <thead>
                <tr>
                  <td />
                  <th scope="col">{t('column.rank')}</th>
                  <th scope="col">{t('column.score')}</th>
                  <th scope="col">{t('column.inTimeRate')}</th>
                </tr>
              </thead>
              <tbody>
                {modes.map((mode) => (
                  <tr key={mode}>
                    <th scope="row">{t(`mode.${mode}`)}</th>
                    <td>
                      <RankMark row={row} mode={mode} tied={tied[mode]} />
                    </td>
                    <td className={styles.score}>{formats.score(judgementOf(row, mode).score)}</td>
                    <td>{formats.rate(judgementOf(row, mode).inTimeRate)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <dl className={styles.figures}>
              <div>
                <dt>{t('column.solvedRate')}</dt>
                <dd>{formats.rate(row.solvedRate)}</dd>
              </div>
              {[...counts, ...flags].map((which) => (
                <div key={which}>
                  <dt>{t(`figure.${which}`)}</dt>
                  <dd>{figure(which, 'strict', row)}</dd>
                </div>
              ))}
              {extras.map((id) => (
                <div key={id}>
                  <dt>{t(`extra.${id}`)}</dt>
                  <dd>{formats.value(row.extra?.[id] ?? null, typeOfExtra(id))}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ol>
      {rows.length > shown && (
        <Button block size="large" onClick={() => setShown(shown + PAGE)}>
          {t('cases:more', { count: rows.length - shown })}
        </Button>
      )}
    </>
  );
}
