import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import styles from './case-table.module.css';
import { CaseTableRow } from './case-table-row.tsx';

const PAGE = 100;

interface CaseTableProps {
  cases: CaseSummary[];
  selectedId: string | undefined;
  onOpen: (id: string) => void;
}

/** The queue as a table. Arrows walk, Enter opens, D takes the next step of the row. */
export function CaseTable({ cases, selectedId, onOpen }: CaseTableProps) {
  const { t } = useTranslation(['desk', 'cases']);
  const [shown, setShown] = useState(PAGE);
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('column.due')}</th>
            <th scope="col">{t('column.class')}</th>
            <th scope="col">{t('column.stage')}</th>
            <th scope="col">{t('column.place')}</th>
            <th scope="col">{t('column.unit')}</th>
            <th scope="col">{t('column.number')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('column.step')}</span>
            </th>
          </tr>
        </thead>
        <tbody onKeyDown={walk}>
          {cases.slice(0, shown).map((one) => (
            <CaseTableRow key={one.id} one={one} selected={one.id === selectedId} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
      {cases.length > shown && (
        <div className={styles.more}>
          <Button onClick={() => setShown(shown + PAGE)}>
            {t('cases:more', { count: cases.length - shown })}
          </Button>
        </div>
      )}
    </>
  );
}

function walk(event: React.KeyboardEvent<HTMLElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const row = document.activeElement?.closest('tr');
  const next = event.key === 'ArrowDown' ? row?.nextElementSibling : row?.previousElementSibling;
  const target = next?.querySelector<HTMLElement>('[data-case]');
  if (!target) return;
  event.preventDefault();
  target.focus();
}
