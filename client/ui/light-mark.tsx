import type { Light } from '#contract/shared';
import styles from './light-mark.module.css';

export const lightColours: Record<Light, string> = {
  green: '#43b581',
  yellow: '#f2c037',
  red: '#ff5b52',
  none: '#7d8890',
};

/** A light drawn with its shape; `label` is what it says to those who do not see it. */
export function LightMark({ light, label, size = 12 }: { light: Light; label: string; size?: number }) {
  return (
    <svg className={styles.mark} width={size} height={size} viewBox="0 0 12 12" role="img" aria-label={label}>
      <title>{label}</title>
      <Shape light={light} />
    </svg>
  );
}

function Shape({ light }: { light: Light }) {
  switch (light) {
    case 'green':
      return <circle cx="6" cy="6" r="5" className={styles.green} />;
    case 'yellow':
      return <path d="M6 0.8 11.6 11H0.4z" className={styles.yellow} />;
    case 'red':
      return <rect x="1" y="1" width="10" height="10" className={styles.red} />;
    case 'none':
      return <circle cx="6" cy="6" r="4.2" className={styles.none} />;
  }
}
