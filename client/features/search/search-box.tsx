import { CloseOutlined, SearchOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Found } from '#contract/search';
import type { LonLat } from '#contract/shared';
import { useMe } from '../access/use-me.ts';
import { searchQuery } from './api.ts';
import { groupFound } from './group-found.ts';
import { forgetFound, recentFound, rememberFound } from './recent-found.ts';
import styles from './search-box.module.css';
import { SearchResults } from './search-results.tsx';
import { useDebounced } from './use-debounced.ts';

/** Long enough to skip the letters in between, too short to be felt. */
const REST_MS = 120;

interface SearchBoxProps {
  onChoose: (found: Found) => void;
  /** Escape in an empty box. */
  onLeave?: () => void;
  /** Where the map looks: near things win among equals. */
  near?: LonLat | undefined;
  /** Which results lead anywhere from here. */
  leads?: (found: Found) => boolean;
  /** In a dialog the list stands below the box; elsewhere it lies over the page while the box has the focus. */
  inline?: boolean;
  autoFocus?: boolean;
  inputRef?: RefObject<HTMLInputElement | null>;
}

/** One box for everything: type, arrows, Enter. */
export function SearchBox({
  onChoose,
  onLeave,
  near,
  leads,
  inline = false,
  autoFocus = false,
  inputRef,
}: SearchBoxProps) {
  const { t } = useTranslation('search');
  const me = useMe();
  const listId = useId();
  const ownRef = useRef<HTMLInputElement>(null);
  const input = inputRef ?? ownRef;
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [index, setIndex] = useState(0);
  const [recent, setRecent] = useState(() => recentFound(me.id));
  const words = typed.trim();
  const asked = useDebounced(words, REST_MS);
  const answer = useQuery(searchQuery(words === '' ? '' : asked, near));
  const isBehind = words !== asked || answer.isPlaceholderData || answer.isFetching;

  const source = words === '' ? recent : answer.data?.items;
  const groups = useMemo(() => {
    const items = (source ?? []).filter((found) => leads?.(found) ?? true);
    return words === '' ? [{ kind: 'recent' as const, items }] : groupFound(items);
  }, [source, words, leads]);
  const flat = groups.flatMap(({ items }) => items);
  const current = Math.min(index, flat.length - 1);
  const isShown = inline || open;

  useEffect(() => {
    document.getElementById(`${listId}-${current}`)?.scrollIntoView({ block: 'nearest' });
  }, [listId, current]);

  function choose(found: Found | undefined) {
    if (!found) return;
    rememberFound(me.id, found);
    setRecent(recentFound(me.id));
    setTyped('');
    setIndex(0);
    setOpen(false);
    input.current?.blur();
    onChoose(found);
  }

  function onKeyDown(event: KeyboardEvent) {
    // Enter that ends the composition of Chinese characters chooses nothing.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setIndex((flat.length + Math.max(0, current) + step) % Math.max(1, flat.length));
    } else if (event.key === 'Enter') {
      // What is shown may still answer an earlier word: nobody means that.
      if (words === '' || !isBehind) choose(flat[current]);
    } else if (event.key === 'Escape') {
      if (typed !== '') setTyped('');
      else {
        setOpen(false);
        input.current?.blur();
        onLeave?.();
      }
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className={styles.search} data-inline={inline} role="search">
      <div className={styles.box}>
        <SearchOutlined className={styles.glass} aria-hidden />
        <input
          ref={input}
          className={styles.input}
          role="combobox"
          type="text"
          inputMode="search"
          enterKeyHint="search"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={autoFocus}
          maxLength={120}
          aria-expanded={isShown && flat.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={isShown && flat[current] ? `${listId}-${current}` : undefined}
          aria-label={t('label')}
          placeholder={t('placeholder')}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setIndex(0);
            setOpen(true);
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
        {typed !== '' && (
          <button
            type="button"
            className={styles.clear}
            aria-label={t('clear')}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => {
              setTyped('');
              input.current?.focus();
            }}
          >
            <CloseOutlined />
          </button>
        )}
      </div>
      {isShown && (
        <SearchResults
          id={listId}
          groups={groups}
          words={words}
          current={current}
          isWaiting={words !== '' && isBehind}
          error={words !== '' && !isBehind ? answer.error : null}
          onPoint={setIndex}
          onChoose={choose}
          onForget={() => {
            forgetFound(me.id);
            setRecent([]);
          }}
        />
      )}
    </div>
  );
}
