import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '#contract/cases';
import styles from './case-links.module.css';

/** Where this case goes on, or which cases go on in it. */
export function CaseLinks({ one }: { one: Pick<CaseDetail, 'mergedInto' | 'mergedFrom'> }) {
  const { t } = useTranslation('cases');
  if (!one.mergedInto && one.mergedFrom.length === 0) return null;
  return (
    <p className={styles.links}>
      {one.mergedInto && (
        <Link to="/cases/$caseId" params={{ caseId: one.mergedInto.id }}>
          {t('mergedInto', { number: one.mergedInto.number })}
        </Link>
      )}
      {one.mergedFrom.length > 0 && (
        <>
          <span className={styles.label}>{t('mergedFrom')}</span>
          {one.mergedFrom.map(({ id, number }) => (
            <Link key={id} to="/cases/$caseId" params={{ caseId: id }}>
              {number}
            </Link>
          ))}
        </>
      )}
    </p>
  );
}
