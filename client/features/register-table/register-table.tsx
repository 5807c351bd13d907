import { Button, Input, Table, type TableProps } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StateNote } from '../../ui/state-note.tsx';
import styles from './register-table.module.css';

interface RegisterTableProps<Row> extends Pick<TableProps<Row>, 'expandable'> {
  /** The answer of a query: rows, or why there are none. */
  list: { data: Row[] | undefined; isPending: boolean; isError: boolean; refetch: () => unknown };
  rowKey: keyof Row & string;
  columns: NonNullable<TableProps<Row>['columns']>;
  /** What the search box says, and the texts of a row that it searches. */
  find: { label: string; texts: (row: Row) => (string | undefined)[] };
  /** How many rows are shown, in words. */
  count: (count: number) => string;
  /** Controls between the search box and the buttons. */
  filters?: ReactNode;
  add?: { label: string; run: () => void };
  /** Exchange of the table as a file. */
  files?: ReactNode;
  empty?: string;
  /** Pixels below which the table scrolls sideways. */
  width: number;
  onOpen?: (row: Row) => void;
}

/** Every register of the administrator: found by typing, narrowed, opened by a row, exchanged as a file. */
export function RegisterTable<Row extends object>(props: RegisterTableProps<Row>) {
  const { list, rowKey, columns, find, count, filters, add, files, empty, width, onOpen, expandable } = props;
  const { t } = useTranslation('admin');
  const [typed, setTyped] = useState('');
  const { texts } = find;
  const rows = useMemo(() => {
    const wanted = typed.trim().toLowerCase();
    const all = list.data ?? [];
    return wanted === ''
      ? all
      : all.filter((row) => texts(row).some((text) => text?.toLowerCase().includes(wanted)));
  }, [list.data, typed, texts]);
  if (list.isError) {
    return (
      <StateNote
        kind="error"
        title={t('failed')}
        action={{ label: t('again'), run: () => void list.refetch() }}
      />
    );
  }
  return (
    <div className={styles.register}>
      <div className={styles.tools}>
        <Input.Search
          allowClear
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          placeholder={find.label}
          aria-label={find.label}
        />
        {filters}
        {add && (
          <Button type="primary" onClick={add.run}>
            {add.label}
          </Button>
        )}
        {list.data && <span className={styles.soft}>{count(rows.length)}</span>}
        {files}
      </div>
      <Table<Row>
        size="small"
        rowKey={rowKey}
        loading={list.isPending}
        dataSource={rows}
        pagination={{ defaultPageSize: 50, showSizeChanger: false, hideOnSinglePage: true, size: 'small' }}
        scroll={{ x: width }}
        {...(list.isPending ? { locale: { emptyText: ' ' } } : empty ? { locale: { emptyText: empty } } : {})}
        {...(expandable ? { expandable } : {})}
        {...(onOpen
          ? { onRow: (row: Row) => ({ onClick: () => onOpen(row), style: { cursor: 'pointer' } }) }
          : {})}
        columns={columns}
      />
    </div>
  );
}

/** A name with its code, softer, behind it. */
export function NameAndCode({ name, code }: { name: string; code?: string | undefined }) {
  return (
    <>
      {name} {code !== undefined && <span className={styles.soft}>{code}</span>}
    </>
  );
}
