import { useTranslation } from 'react-i18next';
import { KeyCap } from '../../ui/key-cap.tsx';
import styles from './desk-station.module.css';

/** What the keys do in the table. */
export function DeskKeys() {
  const { t } = useTranslation('desk');
  return (
    <span className={styles.keys}>
      <KeyCap>↑</KeyCap>
      <KeyCap>↓</KeyCap> {t('keys.walk')} <KeyCap>Enter</KeyCap> <KeyCap>D</KeyCap> {t('keys.step')}{' '}
      <KeyCap>→</KeyCap> {t('keys.open')} <KeyCap>{t('keys.space')}</KeyCap> {t('keys.select')}
    </span>
  );
}
