import { useTranslation } from 'react-i18next';
import styles from './figure-button.module.css';
import { useEvaluationFormats } from './use-evaluation-formats.ts';

interface FigureButtonProps {
  count: number;
  /** What is counted, and of whom: said to those who do not see the table around it. */
  label: string;
  onOpen: () => void;
  /** What stands behind the number, softer: the quota it is held against. */
  of?: string;
}

/** A number that opens the cases behind it; a zero has none. */
export function FigureButton({ count, label, onOpen, of }: FigureButtonProps) {
  const { t } = useTranslation('evaluation');
  const formats = useEvaluationFormats();
  const behind = of !== undefined && <span className={styles.of}>{of}</span>;
  if (count === 0) return <span className={styles.zero}>0{behind}</span>;
  return (
    <button
      type="button"
      className={styles.figure}
      aria-label={t('figureOpens', { label, number: formats.count(count) })}
      onClick={(event) => {
        event.stopPropagation();
        onOpen();
      }}
    >
      {formats.count(count)}
      {behind}
    </button>
  );
}
