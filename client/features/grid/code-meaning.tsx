import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useName } from '../../i18n/use-language.ts';
import { ErrorNote } from '../access/error-note.tsx';
import { codeQuery } from '../dictionary/dictionary-api.ts';
import styles from './code-meaning.module.css';
import { Nothing } from './thing-card.tsx';

/** A code digit by digit: what each piece stands for, and what is wrong with it. */
export function CodeMeaning({ code }: { code: string }) {
  const { t, i18n } = useTranslation('register');
  const name = useName();
  const { data, error } = useQuery(codeQuery(code));
  if (error) return <ErrorNote error={error} />;
  if (!data) return <Nothing>{t('loading')}…</Nothing>;
  const nameOf = (piece: string) =>
    i18n.exists(`code.piece.${piece}`, { ns: 'register' }) ? t(`code.piece.${piece as 'major'}`) : piece;
  return (
    <>
      <ol className={styles.pieces}>
        {data.pieces.map((piece, index) => (
          <li key={index} className={styles.piece} data-problem={piece.problem !== undefined}>
            <span className={styles.digits}>{piece.digits}</span>
            <span className={styles.name}>{nameOf(piece.name)}</span>
            <span className={styles.meaning}>{piece.meaning ? name(piece.meaning) : ''}</span>
            {piece.problem && <span className={styles.problem}>{name(piece.problem)}</span>}
          </li>
        ))}
      </ol>
      {data.problems.map((problem, index) => (
        <p key={index} className={styles.problem}>
          {name(problem)}
        </p>
      ))}
    </>
  );
}
