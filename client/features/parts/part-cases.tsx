import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../access/error-note.tsx';
import { CaseRow } from '../cases/case-row.tsx';
import { Nothing } from '../grid/thing-card.tsx';
import { partCasesQuery } from './api.ts';
import styles from './part-card.module.css';

/** Cases that were about this part, open and closed, as far as one may see them. */
export function PartCases({ code, onOpen }: { code: string; onOpen: (id: string) => void }) {
  const { t } = useTranslation('register');
  const { data, error } = useQuery(partCasesQuery(code));
  if (error) return <ErrorNote error={error} />;
  if (!data) return <Nothing>{t('loading')}…</Nothing>;
  if (data.length === 0) return <Nothing>{t('part.noCases')}</Nothing>;
  return (
    <div className={styles.rows}>
      {data.map((one) => (
        <CaseRow key={one.id} one={one} onSelect={onOpen} />
      ))}
    </div>
  );
}
