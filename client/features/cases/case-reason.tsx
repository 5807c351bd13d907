import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '#contract/cases';
import { useName } from '../../i18n/use-language.ts';
import styles from './case-reason.module.css';
import { CandidateList } from './candidate-list.tsx';

/** Why this unit, by which limit it is judged, and who else was considered. */
export function CaseReason({ one }: { one: CaseDetail }) {
  const { t } = useTranslation('cases');
  const name = useName();
  return (
    <div className={styles.reason}>
      <p className={styles.why}>{name(one.why)}</p>
      <dl className={styles.facts}>
        <dt>{t('leadUnit')}</dt>
        <dd>{one.unit ? name(one.unit.name) : t('noUnit')}</dd>
        {one.assistants.length > 0 && (
          <>
            <dt>{t('assistants')}</dt>
            <dd>{one.assistants.map((unit) => name(unit.name)).join('、')}</dd>
          </>
        )}
        <dt>{t('condition')}</dt>
        <dd>{name(one.condition.condition)}</dd>
        <dt>{t('closingCondition')}</dt>
        <dd>{name(one.condition.closingCondition) || '—'}</dd>
      </dl>
      {one.candidates.length > 0 && (
        <details className={styles.candidates}>
          <summary>{t('candidates', { count: one.candidates.length })}</summary>
          <CandidateList candidates={one.candidates} />
        </details>
      )}
    </div>
  );
}
