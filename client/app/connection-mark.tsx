import { useTranslation } from 'react-i18next';
import { useConnection } from '../realtime/live-store.tsx';
import styles from './connection-mark.module.css';

/** Whether what one sees is live. Not a light: those say only how a case stands. */
export function ConnectionMark() {
  const connection = useConnection();
  const { t } = useTranslation('shell');
  return (
    <span
      className={styles.mark}
      data-state={connection}
      role="status"
      title={t(`connectionHint.${connection}`)}
    >
      <svg width="14" height="12" viewBox="0 0 14 12" aria-hidden="true">
        <rect x="0" y="8" width="3" height="4" />
        <rect x="5" y="4" width="3" height="8" />
        <rect x="10" y="0" width="3" height="12" />
      </svg>
      <span className={styles.word}>{t(`connection.${connection}`)}</span>
    </span>
  );
}
