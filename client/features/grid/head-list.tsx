import { PhoneOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Head } from '#contract/grid';
import { useName } from '../../i18n/use-language.ts';
import styles from './grid-cards.module.css';
import { Nothing } from './thing-card.tsx';

/** Who answers for an area, with the telephone. */
export function HeadList({ heads }: { heads: readonly Head[] }) {
  const { t } = useTranslation('register');
  const name = useName();
  if (heads.length === 0) return <Nothing>{t('cell.noHeads')}</Nothing>;
  return (
    <ul className={styles.heads}>
      {heads.map((head) => (
        <li key={head.id} className={styles.head}>
          <span>
            <strong>{name(head.name)}</strong>
            {head.invented && <span className={styles.soft}> {t('cell.invented')}</span>}
            <span className={styles.under}>
              {t(`cell.role.${head.role}`)} · {t('cell.headCells', { count: head.cellCount })}
            </span>
          </span>
          {head.phone && (
            <a className={styles.phone} href={`tel:${head.phone}`}>
              <PhoneOutlined aria-hidden />
              {head.phone}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
