import { useQuery } from '@tanstack/react-query';
import { Segmented, Tag } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LimitRow } from '#contract/dictionary';
import { useName } from '../../i18n/use-language.ts';
import { CsvExchange } from '../register-table/csv-exchange.tsx';
import { NameAndCode, RegisterTable } from '../register-table/register-table.tsx';
import { limitsQuery } from './api.ts';
import { LimitForm } from './limit-form.tsx';

type Shown = 'all' | 'urgent' | 'special' | 'default';

const textsOf = (row: LimitRow) => [
  row.class,
  row.className.zh,
  row.className.en,
  row.condition.zh,
  row.condition.en,
];

/** Handling limits by class and condition: found, read, and replaced from a day on. */
export function LimitsTable() {
  const { t } = useTranslation('admin');
  const name = useName();
  const limits = useQuery(limitsQuery);
  const [shown, setShown] = useState<Shown>('all');
  const [edited, setEdited] = useState<LimitRow | 'new'>();
  const data = useMemo(
    () => limits.data?.filter((row) => shown === 'all' || (shown === 'default' ? row.isDefault : row[shown])),
    [limits.data, shown],
  );
  return (
    <>
      <RegisterTable<LimitRow>
        list={{ ...limits, data }}
        rowKey="id"
        width={900}
        find={{ label: t('limits.find'), texts: textsOf }}
        count={(count) => t('limits.count', { count })}
        filters={
          <Segmented<Shown>
            value={shown}
            onChange={setShown}
            options={(['all', 'urgent', 'special', 'default'] as const).map((value) => ({
              value,
              label: t(`limits.shown.${value}`),
            }))}
          />
        }
        add={{ label: t('limits.add'), run: () => setEdited('new') }}
        files={<CsvExchange name="limits" />}
        onOpen={setEdited}
        columns={[
          {
            title: t('limits.class'),
            width: 210,
            render: (_, row) => <NameAndCode name={name(row.className)} code={row.class} />,
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
    </>
  );
}
