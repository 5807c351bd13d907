import { useQuery } from '@tanstack/react-query';
import { Input, Select, Tag } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeadInList, HeadRole } from '#contract/grid';
import { useName } from '../../i18n/use-language.ts';
import { useServerDay } from '../clock/use-server-day.ts';
import { divisionsQuery } from '../grid/api.ts';
import { useDivisionName } from '../grid/use-division-name.ts';
import { NameAndCode, RegisterTable } from '../register-table/register-table.tsx';
import { headsOnQuery } from './api.ts';
import { HeadForm } from './head-form.tsx';

const roles: HeadRole[] = ['grid-head', 'courtyard-head'];

const textsOf = ({ name, phone, communityCode }: HeadInList) => [name.zh, name.en, phone, communityCode];

/** Who answers for which cells on a day: grid heads and courtyard heads. */
export function HeadsTable() {
  const { t } = useTranslation('admin');
  const name = useName();
  const divisionName = useDivisionName();
  const today = useServerDay();
  const [day, setDay] = useState<string>();
  const [role, setRole] = useState<HeadRole>();
  const [area, setArea] = useState<string>();
  const [edited, setEdited] = useState<HeadInList | 'new'>();
  const on = day ?? today;
  const { data, isPending, isError, refetch } = useQuery(headsOnQuery(on));
  const { data: divisions = [] } = useQuery(divisionsQuery);
  const shown = useMemo(
    () =>
      data?.filter(
        (head) =>
          (role === undefined || head.role === role) &&
          (area === undefined || head.communityCode.startsWith(area)),
      ),
    [data, role, area],
  );
  return (
    <>
      <RegisterTable<HeadInList>
        list={{ data: shown, isPending, isError, refetch }}
        rowKey="id"
        width={820}
        find={{ label: t('heads.find'), texts: textsOf }}
        count={(count) => t('heads.count', { count })}
        filters={
          <>
            <Select
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              style={{ width: 190 }}
              placeholder={t('heads.anywhere')}
              aria-label={t('heads.area')}
              value={area ?? null}
              onChange={(code: string | null) => setArea(code ?? undefined)}
              options={divisions
                .filter(({ level }) => level === 'subdistrict')
                .map(({ code, name: names }) => ({ value: code, label: name(names) }))}
            />
            <Select
              allowClear
              style={{ width: 140 }}
              placeholder={t('heads.anyRole')}
              aria-label={t('heads.role')}
              value={role ?? null}
              onChange={(value: HeadRole | null) => setRole(value ?? undefined)}
              options={roles.map((value) => ({ value, label: t(`heads.roles.${value}`) }))}
            />
            <label>
              {t('heads.on')}{' '}
              <Input
                type="date"
                style={{ width: 150 }}
                value={on}
                onChange={(event) => setDay(event.target.value || undefined)}
              />
            </label>
          </>
        }
        add={{ label: t('heads.add'), run: () => setEdited('new') }}
        empty={t('heads.none')}
        onOpen={setEdited}
        columns={[
          {
            title: t('heads.name'),
            render: (_, head) => (
              <>
                {name(head.name)} {head.invented && <Tag>{t('units.invented')}</Tag>}
              </>
            ),
          },
          { title: t('heads.role'), width: 140, render: (_, head) => t(`heads.roles.${head.role}`) },
          { title: t('heads.phone'), width: 150, render: (_, head) => head.phone ?? '—' },
          {
            title: t('heads.community'),
            width: 280,
            render: (_, head) => (
              <NameAndCode name={divisionName(head.communityCode)} code={head.communityCode} />
            ),
          },
          { title: t('heads.cells'), dataIndex: 'cellCount', width: 90, align: 'right' },
          {
            title: t('limits.days'),
            width: 220,
            render: (_, head) => `${head.from} – ${head.to ?? t('limits.open')}`,
          },
        ]}
      />
      {edited && <HeadForm head={edited} onClose={() => setEdited(undefined)} />}
    </>
  );
}
