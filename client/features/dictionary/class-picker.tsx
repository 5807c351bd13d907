import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClassEntry, Kind } from '#contract/dictionary';
import { useName } from '../../i18n/use-language.ts';
import { StateNote } from '../../ui/state-note.tsx';
import { classesQuery } from './api.ts';
import styles from './class-picker.module.css';
import { recentClasses } from './recent-classes.ts';
import { searchClasses } from './search-classes.ts';

export interface PickedClass {
  entry: ClassEntry;
  /** Shift was held: file anew although a similar case is open. */
  anew: boolean;
}

interface ClassPickerProps {
  onPick: (picked: PickedClass) => void;
  onCancel: () => void;
  /** The class under the cursor, so that what would follow can be shown before Enter. */
  onLookAt?: (entry: ClassEntry | undefined) => void;
  /** Only classes of parts, or only of events. */
  kind?: Kind;
}

/** Type-ahead over the dictionary: type, arrows, Enter. */
export function ClassPicker({ onPick, onCancel, onLookAt, kind }: ClassPickerProps) {
  const { t } = useTranslation('framing');
  const name = useName();
  const listId = useId();
  const { data, error } = useQuery(classesQuery);
  const [typed, setTyped] = useState('');
  const [recent] = useState(recentClasses);
  /** −1: nothing is meant yet, so that Enter alone files nothing. */
  const first = recent.length > 0 ? 0 : -1;
  const [index, setIndex] = useState(first);
  const found = useMemo(() => {
    const entries = (data ?? []).filter((entry) => kind === undefined || entry.kind === kind);
    return searchClasses(entries, typed, recent);
  }, [data, typed, recent, kind]);
  const current = found[Math.min(index, found.length - 1)];
  const lookAt = useRef(onLookAt);
  useEffect(() => {
    lookAt.current = onLookAt;
  });
  useEffect(() => lookAt.current?.(current), [current]);

  function onKeyDown(event: React.KeyboardEvent) {
    // Enter that ends the composition of Chinese characters picks nothing.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const from = index === -1 && step === -1 ? 0 : Math.min(index, found.length - 1);
      setIndex((found.length + from + step) % Math.max(1, found.length));
    } else if (event.key === 'Enter' && current) {
      onPick({ entry: current, anew: event.shiftKey });
    } else if (event.key === 'Escape') {
      onCancel();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className={styles.picker}>
      <input
        className={styles.input}
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={current ? `${listId}-${current.id}` : undefined}
        aria-label={t('classLabel')}
        placeholder={t('classHint')}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setIndex(event.target.value.trim() === '' ? first : 0);
        }}
        onKeyDown={onKeyDown}
      />
      {error && <StateNote kind="error" title={t('classesFailed')} />}
      <ul id={listId} role="listbox" aria-label={t('classLabel')} className={styles.list}>
        {found.map((entry) => (
          <li
            key={entry.id}
            id={`${listId}-${entry.id}`}
            role="option"
            aria-selected={entry === current}
            className={styles.option}
            onPointerMove={() => setIndex(found.indexOf(entry))}
            onPointerDown={(event) => {
              event.preventDefault();
              onPick({ entry, anew: event.shiftKey });
            }}
          >
            <span className={styles.name}>{name(entry.name)}</span>
            <span className={styles.major}>{name(entry.majorName)}</span>
            <span className={styles.code}>{entry.id}</span>
          </li>
        ))}
      </ul>
      {data && found.length === 0 && <p className={styles.none}>{t('classNone')}</p>}
    </div>
  );
}
