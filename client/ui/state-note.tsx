import { Button } from 'antd';
import styles from './state-note.module.css';

interface StateNoteProps {
  kind: 'empty' | 'loading' | 'error';
  title: string;
  hint?: string;
  action?: { label: string; run: () => void };
}

/** What a panel says when it has nothing to show, is waiting, or has failed. */
export function StateNote({ kind, title, hint, action }: StateNoteProps) {
  return (
    <div className={styles.note} role={kind === 'error' ? 'alert' : 'status'} data-kind={kind}>
      <Drawing kind={kind} />
      <p className={styles.title}>{title}</p>
      {hint && <p className={styles.hint}>{hint}</p>}
      {action && <Button onClick={action.run}>{action.label}</Button>}
    </div>
  );
}

/** Four cells of the grid: calm, filling up, or with one crossed out. */
function Drawing({ kind }: Pick<StateNoteProps, 'kind'>) {
  return (
    <svg width="44" height="44" viewBox="0 0 44 44" className={styles.drawing} aria-hidden="true">
      <rect x="3" y="3" width="17" height="17" rx="2" />
      <rect x="24" y="3" width="17" height="17" rx="2" />
      <rect x="3" y="24" width="17" height="17" rx="2" />
      <rect
        x="24"
        y="24"
        width="17"
        height="17"
        rx="2"
        className={kind === 'error' ? styles.broken : undefined}
      />
      {kind === 'error' && <path d="M28 28l9 9M37 28l-9 9" className={styles.broken} />}
      {kind === 'empty' && <path d="M28 33l3.5 3.5L37 29" className={styles.done} />}
    </svg>
  );
}
