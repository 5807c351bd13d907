import { useTranslation } from 'react-i18next';
import styles from './brand.module.css';

export function Brand({ large = false }: { large?: boolean }) {
  const { t } = useTranslation('shell');
  return (
    <span className={styles.brand} data-large={large}>
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d="M1 1h7v7H1zM12 1h7v7h-7zM1 12h7v7H1z" />
        <path d="M12 12h7v7h-7z" className={styles.cell} />
      </svg>
      <span className={styles.name}>{t('product')}</span>
    </span>
  );
}
