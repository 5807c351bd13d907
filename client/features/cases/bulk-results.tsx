import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useName } from '../../i18n/use-language.ts';
import { useErrorText } from '../access/use-error-text.ts';
import styles from './bulk-results.module.css';
import type { BulkRun } from './use-bulk-action.ts';

interface BulkResultsProps {
  run: BulkRun;
  onStop: () => void;
  onClose: () => void;
  onOpen: (id: string) => void;
}

/** Case by case what became of an action on many: done, or not and why. Failures first. */
export function BulkResults({ run, onStop, onClose, onOpen }: BulkResultsProps) {
  const { t } = useTranslation('cases');
  const name = useName();
  const errorText = useErrorText();
  const { results, isRunning, input } = run;
  const count = (state: string) => results.filter((result) => result.state === state).length;
  const failed = count('failed');
  const left = count('waiting');
  const sorted = [...results].sort((a, b) => Number(b.state === 'failed') - Number(a.state === 'failed'));
  const summary = { done: count('done'), failed, left: left + count('running') };
  return (
    <Modal
      open
      title={t('bulkResults.title', { action: t(`action.${input.action}`), count: results.length })}
      closable={!isRunning}
      mask={{ closable: false }}
      onCancel={onClose}
      footer={
        isRunning ? (
          <Button onClick={onStop}>{t('bulkResults.stop')}</Button>
        ) : (
          <Button type="primary" onClick={onClose}>
            {t('bulkResults.close')}
          </Button>
        )
      }
    >
      <p role="status" data-failed={failed}>
        {t('bulkResults.summary', summary)}
      </p>
      {!isRunning && failed + left > 0 && <p className={styles.soft}>{t('bulkResults.kept')}</p>}
      <ul className={styles.results}>
        {sorted.map(({ one, state, error }) => (
          <li key={one.id} className={styles.result} data-state={state}>
            <button type="button" className={styles.open} onClick={() => onOpen(one.id)} disabled={isRunning}>
              {one.number} {name(one.className)}
            </button>
            <span className={styles.state}>
              {state === 'failed' ? errorText(error) : t(`bulkResults.state.${state}`)}
            </span>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
