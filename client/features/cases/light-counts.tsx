import { useTranslation } from 'react-i18next';
import type { Light } from '#contract/shared';
import { LightMark } from '../../ui/light-mark.tsx';
import styles from './light-counts.module.css';

const shown = ['red', 'yellow', 'green'] as const;

/** Counts by light: shape, number, word. */
export function LightCounts({ counts, words = false }: { counts: Record<Light, number>; words?: boolean }) {
  const { t } = useTranslation('clock');
  return (
    <span className={styles.counts}>
      {shown.map((light) => (
        <span key={light} className={styles.count}>
          <LightMark light={light} label={t(`light.${light}`)} />
          <span className={styles.number}>{counts[light]}</span>
          {words && <span className={styles.word}>{t(`light.${light}`)}</span>}
        </span>
      ))}
    </span>
  );
}
