import { useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import { useCasesLoaded } from '../../realtime/live-store.tsx';
import { StateNote } from '../../ui/state-note.tsx';
import { CaseRow } from './case-row.tsx';
import styles from './case-queue.module.css';

const PAGE = 60;

interface CaseQueueProps {
  cases: CaseSummary[];
  selectedId?: string | undefined;
  onSelect: (id: string) => void;
  emptyTitle?: string;
  emptyHint?: string;
}

/** A list of cases in the order given; up and down walk through it. Long ones are shown by the page. */
export function CaseQueue({ cases, selectedId, onSelect, emptyTitle, emptyHint }: CaseQueueProps) {
  const { t } = useTranslation('cases');
  const loaded = useCasesLoaded();
  const [shown, setShown] = useState(PAGE);
  if (cases.length === 0) {
    if (!loaded) return <StateNote kind="loading" title={t('loading')} />;
    return (
      <StateNote kind="empty" title={emptyTitle ?? t('queueEmpty')} hint={emptyHint ?? t('queueEmptyHint')} />
    );
  }
  return (
    <ul className={styles.queue} onKeyDown={walk}>
      {cases.slice(0, shown).map((one) => (
        <li key={one.id}>
          <CaseRow one={one} selected={one.id === selectedId} onSelect={onSelect} />
        </li>
      ))}
      {cases.length > shown && (
        <li className={styles.more}>
          <Button onClick={() => setShown(shown + PAGE)}>{t('more', { count: cases.length - shown })}</Button>
        </li>
      )}
    </ul>
  );
}

/** Arrow keys move the focus from row to row. */
function walk(event: React.KeyboardEvent<HTMLUListElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-case]')];
  const index = rows.findIndex((row) => row === document.activeElement);
  const next = rows[event.key === 'ArrowDown' ? index + 1 : index - 1];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
