import { useVirtualizer } from '@tanstack/react-virtual';
import { Checkbox } from 'antd';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Part } from '#contract/parts';
import { useName } from '../../i18n/use-language.ts';
import styles from './part-list.module.css';
import { PartStateMark } from './part-state-mark.tsx';
import type { PartSelection } from './use-part-selection.ts';

/** From here to the end of what is there the next page is asked for. */
const AHEAD = 40;

interface PartTableProps {
  parts: Part[];
  hasMore: boolean;
  isLoadingMore: boolean;
  onMore: () => void;
  openCode: string | undefined;
  onOpen: (part: Part) => void;
  /** Undefined: rows cannot be selected. */
  selection: PartSelection | undefined;
  isPhone: boolean;
}

/** The parts as rows of which only those on the screen are drawn. Arrows walk, Enter opens, Space selects. */
export function PartTable(props: PartTableProps) {
  const { parts, hasMore, isLoadingMore, onMore, openCode, onOpen, selection, isPhone } = props;
  const { t } = useTranslation('register');
  const scroller = useRef<HTMLDivElement>(null);
  // The compiler cannot follow what the virtualizer keeps outside React; nothing here is memoised by it.
  // eslint-disable-next-line react-hooks/incompatible-library
  const rows = useVirtualizer({
    count: parts.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isPhone ? 68 : 36),
    overscan: 12,
    getItemKey: (index) => parts[index]?.code ?? index,
  });
  const visible = rows.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isLoadingMore && last >= parts.length - AHEAD) onMore();
  }, [hasMore, isLoadingMore, last, parts.length, onMore]);

  const loaded = parts.filter(({ code }) => selection?.codes.has(code)).length;
  function walk(event: KeyboardEvent) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const row = document.activeElement?.closest<HTMLElement>('[data-index]');
    const index = Number(row?.dataset['index'] ?? -1) + (event.key === 'ArrowDown' ? 1 : -1);
    if (index < 0 || index >= parts.length) return;
    event.preventDefault();
    rows.scrollToIndex(index);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] [data-open]`)?.focus(),
    );
  }

  return (
    <div
      className={styles.table}
      role="table"
      aria-label={t('parts')}
      aria-rowcount={hasMore ? -1 : parts.length}
      data-phone={isPhone}
      data-selectable={selection !== undefined}
    >
      {!isPhone && (
        <div role="rowgroup" className={styles.heads}>
          <div role="row" className={styles.headRow}>
            {selection && (
              <div role="columnheader">
                <Checkbox
                  aria-label={t('selectLoaded')}
                  checked={parts.length > 0 && loaded === parts.length}
                  indeterminate={loaded > 0 && loaded < parts.length}
                  onChange={(event) =>
                    selection.setMany(
                      parts.map(({ code }) => code),
                      event.target.checked,
                    )
                  }
                />
              </div>
            )}
            {(['code', 'class', 'state', 'cell', 'owner', 'maintainer', 'changed'] as const).map((column) => (
              <div key={column} role="columnheader">
                {t(`column.${column}`)}
              </div>
            ))}
          </div>
        </div>
      )}
      <div ref={scroller} role="rowgroup" className={styles.rows} onKeyDown={walk}>
        <div role="presentation" style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {visible.map(({ index, start, size }) => {
            const part = parts[index];
            return (
              part && (
                <PartRow
                  key={part.code}
                  part={part}
                  index={index}
                  style={{ height: size, transform: `translateY(${start}px)` }}
                  isOpen={part.code === openCode}
                  selected={selection?.codes.has(part.code)}
                  onToggle={selection && (() => selection.toggle(part.code))}
                  onOpen={() => onOpen(part)}
                  isPhone={isPhone}
                />
              )
            );
          })}
        </div>
        <p className={styles.end}>{isLoadingMore ? `${t('loading')}…` : hasMore ? '' : t('partsEnd')}</p>
      </div>
    </div>
  );
}

interface PartRowProps {
  part: Part;
  index: number;
  style: React.CSSProperties;
  isOpen: boolean;
  selected: boolean | undefined;
  onToggle: (() => void) | undefined;
  onOpen: () => void;
  isPhone: boolean;
}

function PartRow({ part, index, style, isOpen, selected, onToggle, onOpen, isPhone }: PartRowProps) {
  const { t } = useTranslation('register');
  const name = useName();
  const check = onToggle && (
    <div role="cell">
      <Checkbox
        aria-label={t('selectRow', { code: part.code })}
        checked={selected ?? false}
        onChange={onToggle}
        onClick={(event) => event.stopPropagation()}
      />
    </div>
  );
  const open = (
    <button
      type="button"
      className={styles.open}
      data-open
      onClick={(event) => {
        event.stopPropagation();
        onOpen();
      }}
      onKeyDown={(event) => {
        if (event.key !== ' ' || !onToggle) return;
        event.preventDefault();
        onToggle();
      }}
    >
      {part.code}
    </button>
  );
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      aria-current={isOpen}
      className={styles.row}
      style={style}
      data-index={index}
      data-part={part.code}
      onClick={onOpen}
    >
      {check}
      {isPhone ? (
        <div role="cell" className={styles.phoneCell}>
          <span className={styles.phoneFirst}>
            <strong>{name(part.className)}</strong>
            <PartStateMark state={part.state} />
          </span>
          {open}
        </div>
      ) : (
        <>
          <div role="cell">{open}</div>
          <div role="cell">{name(part.className)}</div>
          <div role="cell">
            <PartStateMark state={part.state} />
          </div>
          <div role="cell">{part.cell.code}</div>
          <div role="cell" title={part.owner?.name}>
            {part.owner?.name}
          </div>
          <div role="cell" title={part.maintainer?.name}>
            {part.maintainer?.name}
          </div>
          <div role="cell">{part.changedDate ?? part.initialDate}</div>
        </>
      )}
    </div>
  );
}
