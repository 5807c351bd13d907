import { useVirtualizer } from '@tanstack/react-virtual';
import { Checkbox } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import { usePhone } from '../../ui/use-phone.ts';
import styles from './case-table.module.css';
import { CaseTableRow } from './case-table-row.tsx';

interface CaseTableProps {
  cases: CaseSummary[];
  openId: string | undefined;
  selected: ReadonlySet<string>;
  /** Cases whose step is on its way. */
  busy: ReadonlySet<string>;
  onOpen: (id: string) => void;
  onStep: (one: CaseSummary) => void;
  onSelect: (ids: readonly string[], selected: boolean) => void;
}

const columns = ['due', 'class', 'stage', 'place', 'unit', 'number'] as const;

/**
 * The queue as a table of which only the rows on the screen are drawn. Arrows or J and K walk, Enter or D takes the
 * next step and goes on to the next row, the right arrow or O opens, Space or X selects.
 */
export function CaseTable({ cases, openId, selected, busy, onOpen, onStep, onSelect }: CaseTableProps) {
  const { t } = useTranslation('desk');
  const isNarrow = usePhone();
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const [active, setActive] = useState({ id: '', index: 0 });
  // The compiler cannot follow what the virtualizer keeps outside React; nothing here is memoised by it.
  // eslint-disable-next-line react-hooks/incompatible-library
  const rows = useVirtualizer({
    count: cases.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isNarrow ? 124 : 44),
    overscan: 14,
    getItemKey: (index) => cases[index]?.id ?? index,
  });
  const found = cases.findIndex(({ id }) => id === active.id);
  // A row that left the list hands over to the one in its place.
  const activeIndex = found >= 0 ? found : Math.min(active.index, cases.length - 1);
  const activeId = cases[activeIndex]?.id;
  const hadFocus = useRef(false);
  useEffect(() => {
    if (hadFocus.current && document.activeElement === document.body) focusRow(body.current, activeId);
  }, [activeId]);

  function goTo(index: number) {
    const one = cases[index];
    if (!one) return;
    setActive({ id: one.id, index });
    rows.scrollToIndex(index);
    requestAnimationFrame(() => focusRow(body.current, one.id));
  }

  function press(event: React.KeyboardEvent<HTMLElement>) {
    const one = cases[activeIndex];
    const inControl = (event.target as HTMLElement).closest('button, input, a');
    if (!one || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = (by: number) => {
      if (event.shiftKey) onSelect([one.id, cases[activeIndex + by]?.id ?? one.id], true);
      goTo(activeIndex + by);
    };
    switch (event.key.length === 1 ? event.key.toLowerCase() : event.key) {
      case 'ArrowDown':
      case 'j':
        step(1);
        break;
      case 'ArrowUp':
      case 'k':
        step(-1);
        break;
      case 'Home':
        goTo(0);
        break;
      case 'End':
        goTo(cases.length - 1);
        break;
      case 'Enter':
        if (inControl) return;
        take();
        break;
      case 'd':
        take();
        break;
      case 'ArrowRight':
      case 'o':
        onOpen(one.id);
        break;
      case ' ':
        if (inControl) return;
        onSelect([one.id], !selected.has(one.id));
        break;
      case 'x':
        onSelect([one.id], !selected.has(one.id));
        break;
      default:
        return;
    }
    event.preventDefault();

    function take() {
      if (!one) return;
      // The case will move in the list; the hand stays where it is.
      goTo(activeIndex + (activeIndex + 1 < cases.length ? 1 : -1));
      onStep(one);
    }
  }

  const chosen = cases.filter(({ id }) => selected.has(id)).length;
  return (
    <div ref={scroller} className={styles.scroller}>
      <table role="table" className={styles.table} aria-rowcount={cases.length} aria-label={t('table')}>
        <thead role="rowgroup">
          <tr role="row" className={styles.head}>
            {columns.map((column) => (
              <th key={column} role="columnheader" scope="col">
                {column === 'due' && (
                  <Checkbox
                    aria-label={t('selectAll')}
                    checked={chosen > 0 && chosen === cases.length}
                    indeterminate={chosen > 0 && chosen < cases.length}
                    onChange={(event) =>
                      onSelect(
                        cases.map(({ id }) => id),
                        event.target.checked,
                      )
                    }
                  />
                )}
                {t(`column.${column}`)}
              </th>
            ))}
            <th role="columnheader" scope="col">
              <span className="visually-hidden">{t('column.step')}</span>
            </th>
          </tr>
        </thead>
        <tbody
          ref={body}
          role="rowgroup"
          className={styles.body}
          style={{ height: rows.getTotalSize() }}
          onKeyDown={press}
          onFocus={() => (hadFocus.current = true)}
          onBlur={(event) => {
            if (event.relatedTarget) hadFocus.current = event.currentTarget.contains(event.relatedTarget);
          }}
        >
          {rows.getVirtualItems().map(({ index, start, size }) => {
            const one = cases[index];
            return (
              one && (
                <CaseTableRow
                  key={one.id}
                  one={one}
                  index={index}
                  style={{ height: size, transform: `translateY(${start}px)` }}
                  isActive={index === activeIndex}
                  isOpen={one.id === openId}
                  selected={selected.has(one.id)}
                  busy={busy.has(one.id)}
                  onFocus={() => setActive({ id: one.id, index })}
                  onOpen={() => onOpen(one.id)}
                  onStep={() => onStep(one)}
                  onSelect={(next) => onSelect([one.id], next)}
                />
              )
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function focusRow(body: HTMLElement | null, id: string | undefined): void {
  body?.querySelector<HTMLElement>(`[data-row="${id}"]`)?.focus({ preventScroll: true });
}
