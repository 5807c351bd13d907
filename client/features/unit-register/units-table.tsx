import { useQuery } from '@tanstack/react-query';
import { Button, Input, Table, Tag } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Unit } from '#contract/units';
import { useName } from '../../i18n/use-language.ts';
import { StateNote } from '../../ui/state-note.tsx';
import { useDivisionName } from '../grid/use-division-name.ts';
import { unitsQuery } from '../units/api.ts';
import styles from '../limits/limits-table.module.css';
import { UnitForm } from './unit-form.tsx';

/** Responsible units: who they are, and changes with a reason. */
export function UnitsTable() {
  const { t } = useTranslation('admin');
  const name = useName();
  const divisionName = useDivisionName();
  const { data, isPending, isError, refetch } = useQuery(unitsQuery);
  const [q, setQ] = useState('');
  const [edited, setEdited] = useState<Unit | 'new'>();
  const rows = useMemo(() => {
    const text = q.trim().toLowerCase();
    return (data ?? []).filter(({ code, name: names }) =>
      [code, names.zh, names.en].some((one) => one.toLowerCase().includes(text)),
    );
  }, [data, q]);
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
          placeholder={t('units.find')}
          aria-label={t('units.find')}
          style={{ width: 260 }}
        />
        <Button type="primary" onClick={() => setEdited('new')}>
          {t('units.add')}
        </Button>
        <span className={styles.count}>{t('units.count', { count: rows.length })}</span>
        <a href="/api/v1/units.csv" download>
          {t('csv')}
        </a>
      </div>
      <Table<Unit>
        size="small"
        rowKey="code"
        loading={isPending}
        dataSource={rows}
        pagination={false}
        scroll={{ x: 860 }}
        onRow={(row) => ({ onClick: () => setEdited(row), style: { cursor: 'pointer' } })}
        columns={[
          {
            title: t('units.name'),
            render: (_, unit) => (
              <>
                {name(unit.name)} <span className={styles.soft}>{unit.code}</span>
              </>
            ),
          },
          {
            title: t('units.kind'),
            width: 100,
            render: (_, unit) => t(`units.kinds.${unit.kind as 'other'}`),
          },
          { title: t('units.phone'), dataIndex: 'phone', width: 130 },
          { title: t('units.leader'), dataIndex: 'leader', width: 110 },
          { title: t('units.clerk'), dataIndex: 'acceptanceClerk', width: 110 },
          {
            title: t('units.area'),
            width: 120,
            render: (_, unit) => (unit.subdistrictCode ? divisionName(unit.subdistrictCode) : '—'),
          },
          {
            title: t('limits.kind'),
            width: 190,
            render: (_, unit) => (
              <>
                {unit.isCommand && <Tag color="blue">{t('units.command')}</Tag>}
                {unit.invented && <Tag>{t('units.invented')}</Tag>}
                {unit.closedAt && <Tag color="red">{t('units.closedAt', { day: unit.closedAt })}</Tag>}
              </>
            ),
          },
        ]}
      />
      {edited && <UnitForm unit={edited} onClose={() => setEdited(undefined)} />}
    </div>
  );
}
