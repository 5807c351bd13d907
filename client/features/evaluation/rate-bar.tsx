import styles from './rate-bar.module.css';

interface RateBarProps {
  /** 0 … 1; null: nothing is due. */
  share: number | null;
  text: string;
  /** Where the district wants it to be. */
  target?: number;
  /** The same in the other mode, a thin mark. */
  other?: number | null;
}

/** A share as its number over a bar. The number says it; the bar is for the eye that compares. */
export function RateBar({ share, text, target, other }: RateBarProps) {
  return (
    <span className={styles.rate}>
      <span className={styles.text}>{text}</span>
      <span className={styles.track} aria-hidden="true">
        {share !== null && <span className={styles.fill} style={{ width: `${share * 100}%` }} />}
        {other !== null && other !== undefined && (
          <span className={styles.other} style={{ left: `${other * 100}%` }} />
        )}
        {target !== undefined && <span className={styles.target} style={{ left: `${target * 100}%` }} />}
      </span>
    </span>
  );
}
