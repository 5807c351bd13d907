import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select, Table, Tag } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Duty } from '#contract/units';
import { useName } from '../../i18n/use-language.ts';
import { StateNote } from '../../ui/state-note.tsx';
import { useDivisionName } from '../grid/use-division-name.ts';
import styles from '../limits/limits-table.module.css';
import { unitsQuery } from '../units/api.ts';
import { dutiesQuery } from './api.ts';
import { DutyForm } from './duty-form.tsx';

/** Who is responsible for what, where, under which condition, and since when. */
export function DutiesTable() {
  const { t } = useTranslation('admin');
  const name = useName();
  const divisionName = useDivisionName();
  const { data, isPending, isError, refetch } = useQuery(dutiesQuery);
  const { data: units = [] } = useQuery(unitsQuery);
  const [q, setQ] = useState('');
  const [unit, setUnit] = useState<string>();
  const [edited, setEdited] = useState<Duty | 'new'>();
  const rows = useMemo(() => {
    const text = q.trim().toLowerCase();
    return (data ?? []).filter(
      (duty) =>
        (unit === undefined || duty.unitCode === unit) &&
        [
          duty.class ?? '',
          duty.className?.zh ?? '',
          duty.className?.en ?? '',
          duty.unitName.zh,
          duty.quote,
        ].some((one) => one.toLowerCase().includes(text)),
    );
  }, [data, q, unit]);
  const conditionsOf = (duty: Duty) =>
    [
      duty.areaCode && divisionName(duty.areaCode),
      duty.ownerCondition && t(`duties.condition.${duty.ownerCondition}`),
      duty.place && t(`place.${duty.place}`),
      duty.channel && t(`duties.channel.${duty.channel as 'video'}`, { defaultValue: duty.channel }),
    ].filter(Boolean);
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
          placeholder={t('duties.find')}
          aria-label={t('duties.find')}
          style={{ width: 260 }}
        />
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: 220 }}
          placeholder={t('duties.unit')}
          aria-label={t('duties.unit')}
          value={unit ?? null}
          onChange={(code: string | null) => setUnit(code ?? undefined)}
          options={units.map(({ code, name: names }) => ({ value: code, label: name(names) }))}
        />
        <Button type="primary" onClick={() => setEdited('new')}>
          {t('duties.add')}
        </Button>
        <span className={styles.count}>{t('duties.count', { count: rows.length })}</span>
        <a href="/api/v1/duties.csv" download>
          {t('csv')}
        </a>
      </div>
      <Table<Duty>
        size="small"
        rowKey="id"
        loading={isPending}
        dataSource={rows}
        pagination={{ pageSize: 50, showSizeChanger: false, size: 'small' }}
        scroll={{ x: 980 }}
        expandable={{ expandedRowRender: (duty) => <p className={styles.soft}>{duty.quote}</p> }}
        columns={[
          { title: t('duties.unit'), width: 180, render: (_, duty) => name(duty.unitName) },
          {
            title: t('limits.class'),
            width: 220,
            render: (_, duty) =>
              duty.class ? (
                <>
                  {duty.className ? name(duty.className) : ''}{' '}
                  <span className={styles.soft}>{duty.class}</span>
                </>
              ) : (
                t(`duties.every.${duty.kind}`)
              ),
          },
          {
            title: t('duties.role'),
            width: 70,
            render: (_, duty) => t(`duties.roles.${duty.role}`),
          },
          {
            title: t('duties.conditions'),
            render: (_, duty) => {
              const conditions = conditionsOf(duty);
              return conditions.length === 0 ? '—' : conditions.map((one) => <Tag key={one}>{one}</Tag>);
            },
          },
          { title: t('duties.priority'), dataIndex: 'priority', width: 70, align: 'right' },
          {
            title: t('limits.days'),
            width: 200,
            render: (_, duty) => `${duty.from} – ${duty.to ?? t('limits.open')}`,
          },
          {
            title: '',
            width: 70,
            render: (_, duty) => (
              <Button size="small" onClick={() => setEdited(duty)}>
                {t('edit')}
              </Button>
            ),
          },
        ]}
      />
      {edited && <DutyForm duty={edited} onClose={() => setEdited(undefined)} />}
    </div>
  );
}
