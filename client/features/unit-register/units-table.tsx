import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Unit } from '#contract/units';
import { useName } from '../../i18n/use-language.ts';
import { useDivisionName } from '../grid/use-division-name.ts';
import { CsvExchange } from '../register-table/csv-exchange.tsx';
import { NameAndCode, RegisterTable } from '../register-table/register-table.tsx';
import { unitsQuery } from '../units/api.ts';
import { UnitForm } from './unit-form.tsx';

const textsOf = ({ code, name }: Unit) => [code, name.zh, name.en];

/** Responsible units: who they are, and changes with a reason. */
export function UnitsTable() {
  const { t } = useTranslation('admin');
  const name = useName();
  const divisionName = useDivisionName();
  const units = useQuery(unitsQuery);
  const [edited, setEdited] = useState<Unit | 'new'>();
  return (
    <>
      <RegisterTable<Unit>
        list={units}
        rowKey="code"
        width={860}
        find={{ label: t('units.find'), texts: textsOf }}
        count={(count) => t('units.count', { count })}
        add={{ label: t('units.add'), run: () => setEdited('new') }}
        files={<CsvExchange name="units" />}
        onOpen={setEdited}
        columns={[
          {
            title: t('units.name'),
            render: (_, unit) => <NameAndCode name={name(unit.name)} code={unit.code} />,
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
    </>
  );
}
