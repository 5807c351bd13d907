import { useQuery } from '@tanstack/react-query';
import { Input, Segmented, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import { countLights } from '../../features/cases/case-light.ts';
import { divisionsQuery } from '../../features/grid/api.ts';
import { useName } from '../../i18n/use-language.ts';
import { useNow } from '../../realtime/live-store.tsx';
import { LightMark } from '../../ui/light-mark.tsx';
import styles from './desk-filters.module.css';
import {
  deskLights,
  deskMarks,
  deskStages,
  hasMark,
  type DeskLight,
  type DeskMark,
  type DeskSearch,
  type DeskStage,
} from './desk-search.ts';

interface DeskFiltersProps {
  filters: DeskSearch;
  /** All open cases, for the counts. */
  cases: CaseSummary[];
  onChange: (filters: DeskSearch) => void;
}

export function DeskFilters({ filters, cases, onChange }: DeskFiltersProps) {
  const { t } = useTranslation(['desk', 'cases', 'clock']);
  const name = useName();
  const now = useNow(10_000);
  const { data: divisions = [] } = useQuery(divisionsQuery);
  const lights = countLights(cases, now);
  const stages = useMemo(() => {
    const counts = new Map<string, number>();
    for (const { stage } of cases) counts.set(stage, (counts.get(stage) ?? 0) + 1);
    return counts;
  }, [cases]);
  const units = useMemo(() => {
    const byCode = new Map(cases.flatMap(({ unit }) => (unit ? [[unit.code, unit.name] as const] : [])));
    return [...byCode].map(([value, names]) => ({ value, label: name(names) }));
  }, [cases, name]);
  const marks = useMemo(
    () =>
      deskMarks.flatMap((mark) => {
        const count = cases.filter((one) => hasMark(one, mark)).length;
        return count > 0 || mark === filters.mark ? [{ mark, count }] : [];
      }),
    [cases, filters.mark],
  );
  const set = (change: { [Key in keyof DeskSearch]: DeskSearch[Key] | undefined }) =>
    onChange(Object.fromEntries(Object.entries({ ...filters, ...change }).filter(([, value]) => value)));
  return (
    <div className={styles.filters} role="search">
      <Segmented<DeskStage | 'all'>
        value={filters.stage ?? 'all'}
        onChange={(stage) => set({ stage: stage === 'all' ? undefined : stage })}
        options={[
          { value: 'all', label: `${t('allStages')} ${cases.length}` },
          ...deskStages.map((value) => ({
            value,
            label: `${t(`cases:stage.${value}`)} ${stages.get(value) ?? 0}`,
          })),
        ]}
      />
      <Segmented<DeskLight | 'all'>
        value={filters.light ?? 'all'}
        onChange={(light) => set({ light: light === 'all' ? undefined : light })}
        options={[
          { value: 'all', label: t('allLights') },
          ...deskLights
            .filter((light) => light !== 'none' || lights.none > 0)
            .map((value) => ({
              value,
              label: (
                <span className={styles.light}>
                  <LightMark light={value} label={t(`clock:light.${value}`)} />
                  {lights[value]}
                </span>
              ),
            })),
        ]}
      />
      <Select<DeskMark>
        className={styles.select ?? ''}
        allowClear
        aria-label={t('mark')}
        placeholder={t('mark')}
        value={filters.mark ?? null}
        onChange={(mark) => set({ mark: mark ?? undefined })}
        options={marks.map(({ mark, count }) => ({ value: mark, label: `${t(`marks.${mark}`)} ${count}` }))}
      />
      <Select
        className={styles.select ?? ''}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('subdistrict')}
        placeholder={t('subdistrict')}
        value={filters.subdistrict ?? null}
        onChange={(subdistrict) => set({ subdistrict: subdistrict ?? undefined })}
        options={divisions
          .filter(({ level }) => level === 'subdistrict')
          .map(({ code, name: names }) => ({ value: code, label: name(names) }))}
      />
      <Select
        className={styles.select ?? ''}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('cases:unit')}
        placeholder={t('cases:unit')}
        value={filters.unit ?? null}
        onChange={(unit) => set({ unit: unit ?? undefined })}
        options={units}
      />
      <Input.Search
        className={styles.search ?? ''}
        allowClear
        defaultValue={filters.q ?? ''}
        aria-label={t('find')}
        placeholder={t('find')}
        onSearch={(q) => set({ q: q || undefined })}
      />
    </div>
  );
}
