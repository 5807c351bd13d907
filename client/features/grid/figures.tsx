import styles from './grid-cards.module.css';

/** A few figures beside each other, the number above its word. */
export function Figures({ rows }: { rows: readonly (readonly [word: string, value: string])[] }) {
  return (
    <ul className={styles.figures}>
      {rows.map(([word, value]) => (
        <li key={word} className={styles.figure}>
          <b>{value}</b>
          <span>{word}</span>
        </li>
      ))}
    </ul>
  );
}
