import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import styles from './case-tags.module.css';

type Tagged = Pick<CaseSummary, 'urgent' | 'special' | 'secondNotices' | 'reportCount' | 'supervision'>;

/** What sets a case apart, in words: urgent, second notice, urged, several reports. */
export function CaseTags({ one }: { one: Tagged }) {
  const { t } = useTranslation('cases');
  const tags = [
    one.urgent && t('tag.urgent'),
    one.special && t('tag.special'),
    one.secondNotices > 0 && t('tag.secondNotice', { count: one.secondNotices }),
    one.supervision && t('tag.urged'),
    one.reportCount > 1 && t('tag.reports', { count: one.reportCount }),
  ].filter((tag) => typeof tag === 'string');
  return tags.map((tag) => (
    <span key={tag} className={styles.tag}>
      {tag}
    </span>
  ));
}
