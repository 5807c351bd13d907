import type { Light } from '#contract/shared';
import styles from './light-bar.module.css';

/** Counts by light as one bar, as long as its share of `most`. The numbers stand beside it in text. */
export function LightBar({ counts, most }: { counts: Record<Light, number>; most: number }) {
  const scale = most > 0 ? 100 / most : 0;
  return (
    <span className={styles.bar} aria-hidden="true">
      <span className={styles.red} style={{ width: `${counts.red * scale}%` }} />
      <span className={styles.yellow} style={{ width: `${counts.yellow * scale}%` }} />
      <span className={styles.green} style={{ width: `${(counts.green + counts.none) * scale}%` }} />
    </span>
  );
}
