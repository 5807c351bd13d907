import { useQuery } from '@tanstack/react-query';
import { Button, Input, Segmented, Table, Tag } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LimitRow } from '#contract/dictionary';
import { useName } from '../../i18n/use-language.ts';
import { StateNote } from '../../ui/state-note.tsx';
import { limitsQuery } from './api.ts';
import { LimitForm } from './limit-form.tsx';
import styles from './limits-table.module.css';

type Shown = 'all' | 'urgent' | 'special' | 'default';

/** Handling limits by class and condition: found, read, and replaced from a day on. */
export function LimitsTable() {
  const { t } = useTranslation('admin');
  const name = useName();
  const { data, isPending, isError, refetch } = useQuery(limitsQuery);
  const [q, setQ] = useState('');
  const [shown, setShown] = useState<Shown>('all');
  const [edited, setEdited] = useState<LimitRow | 'new'>();
  const rows = useMemo(() => {
    const text = q.trim().toLowerCase();
    return (data ?? []).filter(
      (row) =>
        (shown === 'all' || (shown === 'default' ? row.isDefault : row[shown])) &&
        (text === '' ||
          [row.class, row.className.zh, row.className.en, row.condition.zh, row.condition.en].some((one) =>
            one.toLowerCase().includes(text),
          )),
    );
  }, [data, q, shown]);
  if (isError)
    return (
      <StateNote kind="error" title={t('failed')} action={{ label: t('again'), run: () => void refetch() }} />
    );
  return (
    <div className={styles.limits}>
      <div className={styles.tools}>
        <Input.Search
          allowClear
          value={q}
          onChange={(event) => setQ(event.target.value)}
          placeholder={t('limits.find')}
          aria-label={t('limits.find')}
          style={{ width: 260 }}
        />
        <Segmented<Shown>
          value={shown}
          onChange={setShown}
          options={(['all', 'urgent', 'special', 'default'] as const).map((value) => ({
            value,
            label: t(`limits.shown.${value}`),
          }))}
        />
        <Button type="primary" onClick={() => setEdited('new')}>
          {t('limits.add')}
        </Button>
        <span className={styles.count}>{t('limits.count', { count: rows.length })}</span>
        <a href="/api/v1/limits.csv" download>
          {t('csv')}
        </a>
      </div>
      <Table<LimitRow>
        size="small"
        rowKey="id"
        loading={isPending}
        dataSource={rows}
        pagination={{ pageSize: 50, showSizeChanger: false, size: 'small' }}
        scroll={{ x: 900 }}
        onRow={(row) => ({ onClick: () => setEdited(row), style: { cursor: 'pointer' } })}
        columns={[
          {
            title: t('limits.class'),
            width: 210,
            render: (_, row) => (
              <>
                {name(row.className)} <span className={styles.soft}>{row.class}</span>
              </>
            ),
          },
          { title: t('limits.condition'), render: (_, row) => name(row.condition) },
          {
            title: t('limits.place'),
            width: 84,
            render: (_, row) => (row.place ? t(`place.${row.place as 'footway'}`) : '—'),
          },
          {
            title: t('limits.limit'),
            width: 130,
            render: (_, row) =>
              t(`limits.amount.${row.unit as 'hour'}`, { count: row.amount, amount: row.amount }),
          },
          { title: t('limits.closing'), width: 170, render: (_, row) => name(row.closingCondition) },
          {
            title: t('limits.kind'),
            width: 130,
            render: (_, row) => (
              <>
                {row.isDefault && <Tag>{t('limits.shown.default')}</Tag>}
                {row.urgent && <Tag color="blue">{t('limits.shown.urgent')}</Tag>}
                {row.special && <Tag color="cyan">{t('limits.shown.special')}</Tag>}
              </>
            ),
          },
          {
            title: t('limits.days'),
            width: 200,
            render: (_, row) => `${row.from} – ${row.to ?? t('limits.open')}`,
          },
        ]}
      />
      {edited && <LimitForm limit={edited} onClose={() => setEdited(undefined)} />}
    </div>
  );
}
