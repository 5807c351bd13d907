import { Table, type TableProps } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvaluationMode, EvaluationRow, SubjectKind } from '#contract/evaluation';
import { useName } from '../../i18n/use-language.ts';
import { usePhone } from '../../ui/use-phone.ts';
import { extrasOf, typeOfExtra } from './extras-of.ts';
import { FigureButton } from './figure-button.tsx';
import {
  countOf,
  judgementOf,
  sortByRank,
  TARGET_SOLVED_RATE,
  tiedRanks,
  type OpenFigure,
} from './judgement-of.ts';
import { RankMark } from './rank-mark.tsx';
import { RankingCards } from './ranking-cards.tsx';
import styles from './ranking-table.module.css';
import { RateBar } from './rate-bar.tsx';
import { useEvaluationFormats } from './use-evaluation-formats.ts';

const PAGE = 50;
type Columns = NonNullable<TableProps<EvaluationRow>['columns']>;
const flags = ['postponed', 'extended', 'returned', 'repeated'] as const;

interface RankingTableProps {
  by: SubjectKind;
  items: readonly EvaluationRow[];
  /** The subject whose formula is shown. */
  selected?: string | undefined;
  onSelect?: (code: string) => void;
  /** Absent where the cases cannot be opened, such as in a frozen bulletin: then the numbers are text. */
  onOpen?: OpenFigure;
}

/** Every subject of a kind, ranked; strict and tolerant side by side; each count opens its cases. */
export function RankingTable(props: RankingTableProps) {
  return usePhone() ? <RankingCards {...props} /> : <WideTable {...props} />;
}

function WideTable({ by, items, selected, onSelect, onOpen }: RankingTableProps) {
  const { t } = useTranslation('evaluation');
  const name = useName();
  const formats = useEvaluationFormats();
  const rows = useMemo(() => sortByRank(items, 'strict'), [items]);
  const tied = useMemo(
    () => ({ strict: tiedRanks(items, 'strict'), tolerant: tiedRanks(items, 'tolerant') }),
    [items],
  );
  const extras = useMemo(() => extrasOf(items), [items]);
  const quotaOf = (row: EvaluationRow, flag: (typeof flags)[number]) => {
    const { quota } = row;
    if (!quota || flag === 'returned') return {};
    const most =
      flag === 'postponed' ? quota.postponement : flag === 'extended' ? quota.extension : quota.repeat;
    return { of: `/ ${most}` };
  };
  const count = (
    figure: Parameters<OpenFigure>[0],
    mode: EvaluationMode,
    row: EvaluationRow,
    of?: string,
  ) => {
    const value = countOf(row, figure, mode);
    if (!onOpen) return formats.count(value) + (of === undefined ? '' : ` ${of}`);
    const label = `${name(row.subject.name)} ${t(`figure.${figure}`)}`;
    const open = () => onOpen(figure, mode, row.subject.code);
    return <FigureButton count={value} label={label} onOpen={open} {...(of === undefined ? {} : { of })} />;
  };
  const columnsOf = (mode: EvaluationMode): Columns => [
    {
      title: t('column.rank'),
      key: `${mode}-rank`,
      width: 66,
      render: (_, row) => <RankMark row={row} mode={mode} tied={tied[mode]} />,
      sorter: (a, b) => (judgementOf(a, mode).rank ?? Infinity) - (judgementOf(b, mode).rank ?? Infinity),
    },
    {
      title: t('column.score'),
      key: `${mode}-score`,
      width: 84,
      render: (_, row) => {
        const { score } = judgementOf(row, mode);
        return <RateBar share={score === null ? null : score / 100} text={formats.score(score)} />;
      },
      sorter: (a, b) => (judgementOf(a, mode).score ?? -1) - (judgementOf(b, mode).score ?? -1),
    },
    {
      title: t('column.inTimeRate'),
      key: `${mode}-rate`,
      width: 76,
      render: (_, row) => formats.rate(judgementOf(row, mode).inTimeRate),
      sorter: (a, b) => (judgementOf(a, mode).inTimeRate ?? -1) - (judgementOf(b, mode).inTimeRate ?? -1),
    },
    {
      title: t('figure.in-time'),
      key: `${mode}-in-time`,
      width: 72,
      align: 'right',
      render: (_, row) => count('in-time', mode, row),
      sorter: (a, b) => judgementOf(a, mode).inTime - judgementOf(b, mode).inTime,
    },
  ];
  const columns: Columns = [
    {
      title: t(`subject.${by}`),
      key: 'subject',
      fixed: 'left',
      width: 150,
      render: (_, { subject }) => (
        <button
          type="button"
          className={styles.subject}
          aria-pressed={subject.code === selected}
          onClick={() => onSelect?.(subject.code)}
          disabled={!onSelect}
        >
          {name(subject.name)}
        </button>
      ),
      sorter: (a, b) => name(a.subject.name).localeCompare(name(b.subject.name)),
    },
    { title: t('mode.strict'), children: columnsOf('strict') },
    { title: t('mode.tolerant'), children: columnsOf('tolerant') },
    {
      title: t('column.both'),
      children: [
        {
          title: t('figure.due'),
          key: 'due',
          width: 76,
          align: 'right',
          render: (_, row) => count('due', 'strict', row),
          sorter: (a, b) => a.due - b.due,
        },
        {
          title: t('figure.solved'),
          key: 'solved',
          width: 84,
          align: 'right',
          render: (_, row) => count('solved', 'strict', row),
          sorter: (a, b) => a.solved - b.solved,
        },
        {
          title: t('column.solvedRate'),
          key: 'solved-rate',
          width: 88,
          render: (_, row) => (
            <RateBar share={row.solvedRate} text={formats.rate(row.solvedRate)} target={TARGET_SOLVED_RATE} />
          ),
          sorter: (a, b) => (a.solvedRate ?? -1) - (b.solvedRate ?? -1),
        },
        {
          title: t('figure.overdue-open'),
          key: 'overdue-open',
          width: 72,
          align: 'right',
          render: (_, row) => count('overdue-open', 'strict', row),
          sorter: (a, b) => a.overdueOpen - b.overdueOpen,
        },
      ],
    },
    {
      title: t('column.flags'),
      children: flags.map((flag) => ({
        title: t(`figure.${flag}`),
        key: flag,
        width: 74,
        align: 'right' as const,
        render: (_: unknown, row: EvaluationRow) => count(flag, 'strict', row, quotaOf(row, flag).of),
        sorter: (a: EvaluationRow, b: EvaluationRow) => a[flag] - b[flag],
      })),
    },
    ...(extras.length > 0
      ? [
          {
            title: t('column.extra'),
            children: extras.map((id) => ({
              title: t(`extra.${id}`),
              key: id,
              width: 104,
              align: 'right' as const,
              render: (_: unknown, row: EvaluationRow) =>
                formats.value(row.extra?.[id] ?? null, typeOfExtra(id)),
              sorter: (a: EvaluationRow, b: EvaluationRow) => (a.extra?.[id] ?? -1) - (b.extra?.[id] ?? -1),
            })),
          },
        ]
      : []),
  ];
  return (
    <Table<EvaluationRow>
      size="small"
      bordered
      className={styles.table ?? ''}
      rowKey={({ subject }) => subject.code}
      dataSource={rows}
      columns={columns}
      pagination={{ pageSize: PAGE, showSizeChanger: false, hideOnSinglePage: true, size: 'small' }}
      scroll={{ x: 1310 + extras.length * 104 }}
      locale={{ emptyText: t('noSubjects') }}
      rowClassName={({ subject }) => (subject.code === selected ? (styles.selected ?? '') : '')}
    />
  );
}
