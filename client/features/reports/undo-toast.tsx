import { Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { FramingResult } from '#contract/reports';
import { useName } from '../../i18n/use-language.ts';
import { useNow } from '../../realtime/live-store.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { ErrorNote } from '../access/error-note.tsx';
import { useUndoFraming } from './api.ts';
import styles from './undo-toast.module.css';

interface UndoToastProps {
  result: FramingResult;
  onDone: () => void;
  onOpen: (caseId: string) => void;
}

/** What was just filed, and ten seconds to take it back. */
export function UndoToast({ result, onDone, onOpen }: UndoToastProps) {
  const { t } = useTranslation('framing');
  const name = useName();
  const now = useNow(250);
  const undo = useUndoFraming();
  const left = result.undoUntil ? Math.max(0, Math.ceil((Date.parse(result.undoUntil) - now) / 1000)) : 0;
  const isOver = left === 0 && !undo.isPending;
  const one = result.case;
  useEffect(() => {
    if (!isOver || undo.error) return;
    const timer = setTimeout(onDone, 2000);
    return () => clearTimeout(timer);
  }, [isOver, undo.error, onDone]);
  const takeBack = () => undo.mutate(result.id, { onSuccess: onDone });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z' || left === 0) return;
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
      event.preventDefault();
      undo.mutate(result.id, { onSuccess: onDone });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
  return (
    <div className={styles.toast} role="status">
      <div className={styles.text}>
        <strong>
          {t(result.attached ? 'attached' : 'filed')}
          {one && ` · ${name(one.className)}`}
        </strong>
        {one && (
          <span className={styles.where}>
            {one.number} · {one.unit ? name(one.unit.name) : t('noUnit')}
          </span>
        )}
        <ErrorNote error={undo.error} />
      </div>
      {left > 0 && (
        <Button onClick={takeBack} loading={undo.isPending} data-undo>
          {t('undo', { count: left })} <KeyCap>Ctrl Z</KeyCap>
        </Button>
      )}
      {one && (
        <Button type="text" onClick={() => onOpen(one.id)}>
          {t('openCase')}
        </Button>
      )}
      <Button type="text" onClick={onDone} aria-label={t('dismiss')}>
        ×
      </Button>
    </div>
  );
}
