import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import { flagKeys } from './case-flags.tsx';
import styles from './case-tags.module.css';

type Tagged = Pick<
  CaseSummary,
  'urgent' | 'special' | 'secondNotices' | 'reportCount' | 'supervision' | 'flags' | 'request' | 'noSubject'
>;

/** What sets a case apart, in words: what waits for a decision, urgent, second notice, urged, flags, several reports. */
export function CaseTags({ one }: { one: Tagged }) {
  const { t } = useTranslation('cases');
  const tags = [
    one.urgent && t('tag.urgent'),
    one.special && t('tag.special'),
    one.noSubject && t('tag.noSubject'),
    one.secondNotices > 0 && t('tag.secondNotice', { count: one.secondNotices }),
    one.supervision && t('tag.urged'),
    ...flagKeys
      // A second notice says already that it was sent again.
      .filter((key) => one.flags[key] && !(key === 'repeatedAt' && one.secondNotices > 0))
      .map((key) => t(`tag.${key}`)),
    one.reportCount > 1 && t('tag.reports', { count: one.reportCount }),
  ].filter((tag) => typeof tag === 'string');
  return (
    <>
      {one.request && (
        <span className={styles.tag} data-waits="true">
          {t(`waits.${one.request.kind}`)}
        </span>
      )}
      {tags.map((tag) => (
        <span key={tag} className={styles.tag}>
          {tag}
        </span>
      ))}
    </>
  );
}
