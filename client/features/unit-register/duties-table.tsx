import { useQuery } from '@tanstack/react-query';
import { Button, Select, Tag } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Duty } from '#contract/units';
import { useName } from '../../i18n/use-language.ts';
import { useDivisionName } from '../grid/use-division-name.ts';
import { CsvExchange } from '../register-table/csv-exchange.tsx';
import { NameAndCode, RegisterTable } from '../register-table/register-table.tsx';
import { unitsQuery } from '../units/api.ts';
import { dutiesQuery } from './api.ts';
import { DutyForm } from './duty-form.tsx';

const textsOf = (duty: Duty) => [
  duty.class,
  duty.className?.zh,
  duty.className?.en,
  duty.unitName.zh,
  duty.unitName.en,
  duty.quote,
];

/** Who is responsible for what, where, under which condition, and since when. */
export function DutiesTable() {
  const { t } = useTranslation('admin');
  const name = useName();
  const divisionName = useDivisionName();
  const duties = useQuery(dutiesQuery);
  const { data: units = [] } = useQuery(unitsQuery);
  const [unit, setUnit] = useState<string>();
  const [edited, setEdited] = useState<Duty | 'new'>();
  const data = useMemo(
    () => duties.data?.filter((duty) => unit === undefined || duty.unitCode === unit),
    [duties.data, unit],
  );
  const conditionsOf = (duty: Duty) =>
    [
      duty.areaCode && divisionName(duty.areaCode),
      duty.ownerCondition && t(`duties.condition.${duty.ownerCondition}`),
      duty.place && t(`place.${duty.place}`),
      duty.channel && t(`duties.channel.${duty.channel as 'video'}`, { defaultValue: duty.channel }),
    ].filter(Boolean);
  return (
    <>
      <RegisterTable<Duty>
        list={{ ...duties, data }}
        rowKey="id"
        width={980}
        find={{ label: t('duties.find'), texts: textsOf }}
        count={(count) => t('duties.count', { count })}
        filters={
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
        }
        add={{ label: t('duties.add'), run: () => setEdited('new') }}
        files={<CsvExchange name="duties" />}
        expandable={{ expandedRowRender: (duty) => <p>{duty.quote}</p> }}
        columns={[
          { title: t('duties.unit'), width: 180, render: (_, duty) => name(duty.unitName) },
          {
            title: t('limits.class'),
            width: 220,
            render: (_, duty) =>
              duty.class ? (
                <NameAndCode name={duty.className ? name(duty.className) : ''} code={duty.class} />
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
    </>
  );
}
