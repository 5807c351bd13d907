import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SubjectKind } from '#contract/evaluation';
import { useServerDay } from '../clock/use-server-day.ts';
import { subjectRowQuery } from './api.ts';
import { TARGET_SOLVED_RATE } from './judgement-of.ts';
import { RateBar } from './rate-bar.tsx';
import styles from './score-card.module.css';
import { NOTHING, useEvaluationFormats } from './use-evaluation-formats.ts';

const kinds: Record<number, SubjectKind> = { 6: 'district', 9: 'subdistrict', 12: 'community' };

interface ScoreCardProps {
  /** A district, subdistrict or community by its code. */
  division: string;
  /** For a wall: larger, and nothing to press. */
  large?: boolean;
}

/** An area's score of the running month, the two rates it is made of, and the way to the reasons. */
export function ScoreCard({ division, large = false }: ScoreCardProps) {
  const { t } = useTranslation('evaluation');
  const formats = useEvaluationFormats();
  const month = useServerDay().slice(0, 7);
  const by = kinds[division.length] ?? 'district';
  const { data: row, error } = useQuery(subjectRowQuery(month, by, division));
  return (
    <section className={styles.card} data-large={large} aria-label={t('card.title')}>
      <div className={styles.score}>
        <span className={styles.word}>{t('card.title')}</span>
        <span className={styles.number}>{formats.score(row?.score ?? null)}</span>
        {row?.rank != null && by !== 'district' && (
          <span className={styles.word}>{t('card.rank', { rank: row.rank })}</span>
        )}
      </div>
      <dl className={styles.rates}>
        <div>
          <dt>{t('column.inTimeRate')}</dt>
          <dd>
            <RateBar share={row?.inTimeRate ?? null} text={formats.rate(row?.inTimeRate ?? null)} />
          </dd>
        </div>
        <div>
          <dt>{t('column.solvedRate')}</dt>
          <dd>
            <RateBar
              share={row?.solvedRate ?? null}
              text={formats.rate(row?.solvedRate ?? null)}
              target={TARGET_SOLVED_RATE}
            />
          </dd>
        </div>
        {!large && (
          <div>
            <dt>{t('figure.due')}</dt>
            <dd>{row ? formats.count(row.due) : NOTHING}</dd>
          </div>
        )}
      </dl>
      {!large &&
        (error && row === undefined ? (
          <p className={styles.word}>{t('card.failed')}</p>
        ) : (
          <Link
            to="/evaluation"
            search={by === 'district' ? { by: 'subdistrict' } : { by, subject: division }}
            className={styles.why}
          >
            {t('card.why')}
          </Link>
        ))}
    </section>
  );
}
