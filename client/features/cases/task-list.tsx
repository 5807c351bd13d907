import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import { useCasesLoaded } from '../../realtime/live-store.tsx';
import { StateNote } from '../../ui/state-note.tsx';
import styles from './case-queue.module.css';
import { TaskCard } from './task-card.tsx';

const PAGE = 40;

interface TaskListProps {
  tasks: CaseSummary[];
  selectedId: string | undefined;
  toDoOf: (one: CaseSummary) => string;
  metresOf?: (one: CaseSummary) => number | undefined;
  onSelect: (id: string) => void;
  emptyTitle: string;
  emptyHint: string;
}

/** Tasks as cards in the order given; long lists are shown by the page. */
export function TaskList({
  tasks,
  selectedId,
  toDoOf,
  metresOf,
  onSelect,
  emptyTitle,
  emptyHint,
}: TaskListProps) {
  const { t } = useTranslation('cases');
  const loaded = useCasesLoaded();
  const [shown, setShown] = useState(PAGE);
  if (tasks.length === 0) {
    if (!loaded) return <StateNote kind="loading" title={t('loading')} />;
    return <StateNote kind="empty" title={emptyTitle} hint={emptyHint} />;
  }
  return (
    <ul className={styles.queue}>
      {tasks.slice(0, shown).map((one) => (
        <li key={one.id}>
          <TaskCard
            one={one}
            selected={one.id === selectedId}
            toDo={toDoOf(one)}
            metres={metresOf?.(one)}
            onSelect={onSelect}
          />
        </li>
      ))}
      {tasks.length > shown && (
        <li className={styles.more}>
          <Button size="large" onClick={() => setShown(shown + PAGE)}>
            {t('more', { count: tasks.length - shown })}
          </Button>
        </li>
      )}
    </ul>
  );
}
