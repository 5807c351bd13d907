import { useTranslation } from 'react-i18next';
import type { Found, FoundKind } from '#contract/search';
import { useName } from '../../i18n/use-language.ts';
import { useErrorText } from '../access/use-error-text.ts';
import { FoundIcon } from './found-icon.tsx';
import styles from './search-box.module.css';
import { splitMatches } from './split-matches.ts';

interface SearchResultsProps {
  id: string;
  groups: { kind: FoundKind | 'recent'; items: Found[] }[];
  words: string;
  /** Place in all groups one after the other. */
  current: number;
  isWaiting: boolean;
  error: Error | null;
  onPoint: (index: number) => void;
  onChoose: (found: Found) => void;
  onForget: () => void;
}

/** The list below the box: kinds as groups, or what was chosen before, or why there is nothing. */
export function SearchResults(props: SearchResultsProps) {
  const { id, groups, words, current, isWaiting, error, onPoint, onChoose, onForget } = props;
  const { t } = useTranslation('search');
  const errorText = useErrorText();
  const count = groups.reduce((sum, { items }) => sum + items.length, 0);
  const starts = groups.map((_, at) => groups.slice(0, at).reduce((sum, { items }) => sum + items.length, 0));
  const isNone = words !== '' && !isWaiting && !error && count === 0;
  return (
    <div className={styles.results} data-empty={count === 0 && words === ''} data-waiting={isWaiting}>
      <p className="visually-hidden" role="status">
        {words !== '' && !error && (isWaiting ? t('waiting') : t('found', { count }))}
      </p>
      {words === '' && count > 0 && (
        <div className={styles.head}>
          <span>{t('recent')}</span>
          <button
            type="button"
            className={styles.forget}
            onPointerDown={(event) => event.preventDefault()}
            onClick={onForget}
          >
            {t('forget')}
          </button>
        </div>
      )}
      <div id={id} role="listbox" className={styles.list} aria-label={t('results')}>
        {groups.map(({ kind, items }, at) => (
          <div key={kind} role="group" aria-label={kind === 'recent' ? t('recent') : t(`kind.${kind}`)}>
            {kind !== 'recent' && (
              <div className={styles.kind} aria-hidden>
                {t(`kind.${kind}`)}
              </div>
            )}
            {items.map((found, offset) => {
              const index = (starts[at] ?? 0) + offset;
              return (
                <Option
                  key={`${found.kind} ${found.id}`}
                  id={`${id}-${index}`}
                  found={found}
                  words={words}
                  selected={index === current}
                  onPoint={() => onPoint(index)}
                  onChoose={() => onChoose(found)}
                />
              );
            })}
          </div>
        ))}
      </div>
      {isNone && (
        <div className={styles.none}>
          <p>{t('none', { words })}</p>
          <p className={styles.hint}>{t('noneHint')}</p>
        </div>
      )}
      {error && (
        <div className={styles.none} role="alert">
          <p>{t('failed')}</p>
          <p className={styles.hint}>{errorText(error)}</p>
        </div>
      )}
      {isWaiting && count === 0 && <p className={styles.none}>{t('waiting')}…</p>}
    </div>
  );
}

interface OptionProps {
  id: string;
  found: Found;
  words: string;
  selected: boolean;
  onPoint: () => void;
  onChoose: () => void;
}

function Option({ id, found, words, selected, onPoint, onChoose }: OptionProps) {
  const name = useName();
  const detail = name(found.detail);
  return (
    <div
      id={id}
      role="option"
      aria-selected={selected}
      className={styles.option}
      data-kind={found.kind}
      data-id={found.id}
      onPointerMove={onPoint}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <FoundIcon kind={found.kind} />
      <span className={styles.title}>
        <Marked text={name(found.title)} words={words} />
      </span>
      {detail && (
        <span className={styles.detail}>
          <Marked text={detail} words={words} />
        </span>
      )}
    </div>
  );
}

function Marked({ text, words }: { text: string; words: string }) {
  return splitMatches(text, words).map((piece, index) =>
    piece.matches ? (
      <mark key={index} className={styles.mark}>
        {piece.text}
      </mark>
    ) : (
      piece.text
    ),
  );
}
