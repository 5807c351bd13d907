import { useTranslation } from 'react-i18next';
import type { Candidate } from '#contract/units';
import { useName } from '../../i18n/use-language.ts';
import styles from './candidate-list.module.css';

interface CandidateListProps {
  candidates: readonly Candidate[];
  /** Which of them decided. */
  winner: number | undefined;
}

/** Every rule in the order in which it was asked, with the conditions that held and those that failed. */
export function CandidateList({ candidates, winner }: CandidateListProps) {
  const { t } = useTranslation('units');
  const name = useName();
  return (
    <ol className={styles.list}>
      {candidates.map((candidate, index) => (
        <li
          key={index}
          className={styles.candidate}
          data-applies={candidate.applies}
          data-decides={index === winner}
        >
          <p className={styles.head}>
            <Mark holds={candidate.applies} label={t(candidate.applies ? 'applies' : 'appliesNot')} />
            <strong>{name(candidate.unit.name)}</strong>
            <span className={styles.rule}>
              {t(`rule.${candidate.rule}`)}
              {candidate.role === 'assist' && ` · ${t('assists')}`}
            </span>
            {index === winner && <span className={styles.decides}>{t('decides')}</span>}
          </p>
          {candidate.conditions.length > 0 && (
            <ul className={styles.conditions}>
              {candidate.conditions.map((condition) => (
                <li key={condition.name} data-holds={condition.holds}>
                  <Mark holds={condition.holds} label={t(condition.holds ? 'holds' : 'fails')} />
                  <ConditionText condition={condition} />
                </li>
              ))}
            </ul>
          )}
          {candidate.quote && (
            <details className={styles.quote}>
              <summary>{t('quote')}</summary>
              <q lang="zh-CN">{candidate.quote}</q>
            </details>
          )}
        </li>
      ))}
    </ol>
  );
}

function Mark({ holds, label }: { holds: boolean; label: string }) {
  return (
    <span role="img" aria-label={label} className={styles.mark} data-holds={holds}>
      {holds ? '✓' : '✕'}
    </span>
  );
}

/** The server's words; cases filed before it had any show the bare facts. */
function ConditionText({ condition }: { condition: Candidate['conditions'][number] }) {
  const { t } = useTranslation('units');
  const name = useName();
  if (condition.text) return <span>{name(condition.text)}</span>;
  const { expected, actual, holds } = condition;
  return (
    <span>
      {isNamed(condition.name) ? t(`conditionName.${condition.name}`) : condition.name}:{' '}
      {holds ? expected : t('found', { expected, actual })}
    </span>
  );
}

const NAMED = [
  'unit-known',
  'unit-open',
  'in-maintenance',
  'valid',
  'area',
  'owner',
  'maintainer',
  'builder-in-maintenance',
  'place',
  'channel',
] as const;

function isNamed(name: string): name is (typeof NAMED)[number] {
  return NAMED.some((one) => one === name);
}
