import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeadRole } from '#contract/grid';
import { useName } from '../../i18n/use-language.ts';
import { StateNote } from '../../ui/state-note.tsx';
import { cellHeadsQuery, communityCellsQuery } from './api.ts';
import styles from './cell-picker.module.css';
import { drawCells } from './draw-cells.ts';

interface CellPickerProps {
  community: string;
  role: HeadRole;
  /** The day on which others must not have the cells. */
  on: string;
  /** The head whose cells they are; those of others of the role are taken. */
  self: string | undefined;
  /** Given by the form. */
  value?: string[];
  onChange?: (cells: string[]) => void;
}

/** The cells of a community, drawn small: those of the head, those that are free, those of others. */
export function CellPicker({ community, role, on, self, value = [], onChange }: CellPickerProps) {
  const { t } = useTranslation('admin');
  const name = useName();
  const { data: cells, isError, refetch } = useQuery(communityCellsQuery(community));
  const { data: heads } = useQuery(cellHeadsQuery(community, on));
  const drawing = useMemo(() => drawCells(cells?.features ?? []), [cells]);
  const takenBy = useMemo(() => {
    const others = heads?.filter((head) => head.role === role && head.id !== self) ?? [];
    return new Map(others.flatMap((head) => (head.cells ?? []).map((code) => [code, head.name] as const)));
  }, [heads, role, self]);
  if (community === '') return <StateNote kind="empty" title={t('heads.chooseCommunity')} />;
  if (isError) {
    return (
      <StateNote kind="error" title={t('failed')} action={{ label: t('again'), run: () => void refetch() }} />
    );
  }
  const mine = new Set(value);
  const free = drawing.shapes.filter(({ code }) => !takenBy.has(code)).map(({ code }) => code);
  const toggle = (code: string) => {
    if (takenBy.has(code)) return;
    onChange?.(mine.has(code) ? value.filter((one) => one !== code) : [...value, code].sort());
  };
  return (
    <div className={styles.picker}>
      <svg
        className={styles.map}
        viewBox={drawing.viewBox}
        preserveAspectRatio="xMidYMid meet"
        role="group"
        aria-label={t('heads.cellsOf')}
      >
        {drawing.shapes.map(({ code, path, x, y }) => {
          const taken = takenBy.get(code);
          const label = taken ? `${code} ${name(taken)}` : code;
          return (
            <g key={code}>
              <path
                d={path}
                className={styles.cell}
                data-state={taken ? 'taken' : mine.has(code) ? 'mine' : 'free'}
                role="checkbox"
                aria-checked={mine.has(code)}
                aria-disabled={taken !== undefined}
                aria-label={label}
                tabIndex={taken ? -1 : 0}
                onClick={() => toggle(code)}
                onKeyDown={(event) => {
                  if (event.key !== ' ' && event.key !== 'Enter') return;
                  event.preventDefault();
                  toggle(code);
                }}
              >
                <title>{label}</title>
              </path>
              <text x={x} y={y} className={styles.number} fontSize={drawing.fontSize}>
                {code.slice(-3)}
              </text>
            </g>
          );
        })}
      </svg>
      <div className={styles.foot}>
        <span className={styles.key} data-state="mine">
          {t('heads.mine', { count: mine.size })}
        </span>
        <span className={styles.key} data-state="free">
          {t('heads.free')}
        </span>
        <span className={styles.key} data-state="taken">
          {t('heads.taken', { count: takenBy.size })}
        </span>
        <Button size="small" onClick={() => onChange?.(free)}>
          {t('heads.allFree')}
        </Button>
        <Button size="small" onClick={() => onChange?.([])}>
          {t('heads.noCells')}
        </Button>
      </div>
    </div>
  );
}
