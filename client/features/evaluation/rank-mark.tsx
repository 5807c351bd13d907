import { useTranslation } from 'react-i18next';
import type { EvaluationMode, EvaluationRow } from '#contract/evaluation';
import { judgementOf } from './judgement-of.ts';
import styles from './rank-mark.module.css';
import { NOTHING } from './use-evaluation-formats.ts';

interface RankMarkProps {
  row: EvaluationRow;
  mode: EvaluationMode;
  tied: ReadonlySet<number>;
}

/** The place in the ranking; shared places say so, and no place says why. */
export function RankMark({ row, mode, tied }: RankMarkProps) {
  const { t } = useTranslation('evaluation');
  const { rank, due } = judgementOf(row, mode);
  if (rank === null) {
    return (
      <span className={styles.none}>
        {NOTHING}
        <span className={styles.why}>{t(due === 0 ? 'unranked.nothing-due' : 'unranked.small-sample')}</span>
      </span>
    );
  }
  return (
    <span className={styles.rank}>
      {rank}
      {tied.has(rank) && <span className={styles.why}>{t('tied')}</span>}
    </span>
  );
}
