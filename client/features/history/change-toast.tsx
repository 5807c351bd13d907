import { Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyCap } from '../../ui/key-cap.tsx';
import { ErrorNote } from '../access/error-note.tsx';
import { useUndoChange } from './api.ts';
import { useChangeToast, type DoneChange } from './change-toast-store.ts';
import styles from './change-toast.module.css';

const SHOWN_MS = 15_000;
const UNDONE_MS = 2_500;

/** Says what was just changed, and takes it back with one key. */
export function ChangeToast() {
  const done = useChangeToast((state) => state.done);
  return done && <Toast key={done.key} done={done} />;
}

function Toast({ done }: { done: DoneChange }) {
  const { t } = useTranslation('register');
  const dismiss = useChangeToast((state) => state.dismiss);
  const undo = useUndoChange();
  const { batch } = done;
  const canUndo = batch !== undefined && !undo.isSuccess;
  const takeBack = () => {
    if (batch !== undefined && !undo.isPending && !undo.isSuccess) undo.mutate(batch);
  };

  useEffect(() => {
    if (undo.isPending || undo.error) return;
    const timer = setTimeout(dismiss, undo.isSuccess ? UNDONE_MS : SHOWN_MS);
    return () => clearTimeout(timer);
  }, [undo.isPending, undo.isSuccess, undo.error, dismiss]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z' || !canUndo) return;
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
      event.preventDefault();
      takeBack();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });

  return (
    <div className={styles.toast} role="status" data-done={undo.isSuccess ? 'undone' : 'changed'}>
      <div className={styles.text}>
        <strong>{undo.isSuccess ? t('undone') : done.text}</strong>
        <ErrorNote error={undo.error} />
      </div>
      {canUndo && (
        <Button onClick={takeBack} loading={undo.isPending} data-undo>
          {t('undo')} <KeyCap>Ctrl Z</KeyCap>
        </Button>
      )}
      <Button type="text" onClick={dismiss} aria-label={t('dismiss')}>
        ×
      </Button>
    </div>
  );
}
