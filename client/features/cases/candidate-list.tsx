import { useTranslation } from 'react-i18next';
import type { Candidate } from '#contract/units';
import { useName } from '../../i18n/use-language.ts';
import styles from './candidate-list.module.css';

/** Every rule that was looked at, with the conditions that held and those that did not. */
export function CandidateList({ candidates }: { candidates: Candidate[] }) {
  const { t } = useTranslation('cases');
  const name = useName();
  return (
    <ol className={styles.list}>
      {candidates.map((candidate, index) => (
        <li key={index} className={styles.candidate} data-applies={candidate.applies}>
          <p className={styles.head}>
            <span aria-label={t(candidate.applies ? 'applies' : 'appliesNot')}>
              {candidate.applies ? '✓' : '✗'}
            </span>
            <strong>{name(candidate.unit.name)}</strong>
            <span className={styles.rule}>
              {t(`rule.${candidate.rule}`)}
              {candidate.role === 'assist' && ` · ${t('assists')}`}
            </span>
          </p>
          {candidate.conditions.map((condition) => (
            <p key={condition.name} className={styles.condition}>
              {condition.holds ? '✓' : '✗'} {condition.name}: {condition.expected}
              {!condition.holds && ` — ${condition.actual || '—'}`}
            </p>
          ))}
          {candidate.quote && <q className={styles.quote}>{candidate.quote}</q>}
        </li>
      ))}
    </ol>
  );
}
