import { useQuery } from '@tanstack/react-query';
import { Checkbox, Input, Select, TreeSelect } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Division } from '#contract/grid';
import type { PartFilter } from '#contract/parts';
import { useName } from '../../i18n/use-language.ts';
import { classesQuery } from '../dictionary/api.ts';
import { divisionsQuery } from '../grid/api.ts';
import { unitsQuery } from '../units/api.ts';
import styles from './part-list.module.css';
import { partStates } from './part-states.ts';

interface PartFiltersProps {
  filter: Omit<PartFilter, 'bbox'>;
  /** Only what the map shows; undefined: there is no map beside the list. */
  inView: boolean;
  onChange: (filter: Omit<PartFilter, 'bbox'>) => void;
  onInView: (inView: boolean) => void;
}

/** Every condition of the list; each lives in the address. */
export function PartFilters({ filter, inView, onChange, onInView }: PartFiltersProps) {
  const { t } = useTranslation('register');
  const name = useName();
  const { data: classes } = useQuery(classesQuery);
  const { data: divisions } = useQuery(divisionsQuery);
  const { data: units } = useQuery(unitsQuery);
  const classOptions = useMemo(
    () =>
      (classes ?? [])
        .filter(({ kind }) => kind === 'part')
        .map((entry) => ({
          value: entry.id,
          label: name(entry.name),
          search: `${entry.pinyin} ${entry.id}`,
        })),
    [classes, name],
  );
  const tree = useMemo(() => divisionTree(divisions ?? [], name), [divisions, name]);
  const bodies = useMemo(
    () => (units ?? []).map((unit) => ({ value: unit.code, label: name(unit.name) })),
    [units, name],
  );
  const set = (change: { [Key in keyof PartFilter]: PartFilter[Key] | undefined }) =>
    onChange(Object.fromEntries(Object.entries({ ...filter, ...change }).filter(([, value]) => value)));
  const withOwn = (code: string | undefined) =>
    code === undefined || bodies.some(({ value }) => value === code)
      ? bodies
      : [{ value: code, label: code }, ...bodies];

  return (
    <div className={styles.filters} role="search" aria-label={t('parts')}>
      <Input.Search
        key={filter.q ?? ''}
        className={styles.q ?? ''}
        allowClear
        inputMode="numeric"
        defaultValue={filter.q ?? ''}
        aria-label={t('filter.q')}
        placeholder={t('filter.qHint')}
        onSearch={(q) => set({ q: q.trim() || undefined })}
      />
      <Select
        className={styles.select ?? ''}
        allowClear
        showSearch={{
          filterOption: (typed, option) =>
            option !== undefined &&
            `${option.label} ${option.search}`.toLowerCase().includes(typed.trim().toLowerCase()),
        }}
        aria-label={t('filter.class')}
        placeholder={t('filter.class')}
        value={filter.class ?? null}
        options={classOptions}
        onChange={(value) => set({ class: value ?? undefined })}
      />
      <TreeSelect
        className={styles.select ?? ''}
        allowClear
        showSearch={{ treeNodeFilterProp: 'title' }}
        aria-label={t('filter.division')}
        placeholder={t('filter.division')}
        value={filter.division ?? null}
        treeData={tree}
        popupMatchSelectWidth={280}
        onChange={(value: string | null) => set({ division: value ?? undefined })}
      />
      <Select
        className={styles.short ?? ''}
        allowClear
        aria-label={t('filter.state')}
        placeholder={t('filter.state')}
        value={filter.state ?? null}
        options={partStates.map((state) => ({ value: state, label: t(`state.${state}`) }))}
        onChange={(value) => set({ state: value ?? undefined })}
      />
      {(['owner', 'maintainer'] as const).map((field) => (
        <Select
          key={field}
          className={styles.select ?? ''}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t(`filter.${field}`)}
          placeholder={t(`filter.${field}`)}
          value={filter[field] ?? null}
          options={withOwn(filter[field])}
          popupMatchSelectWidth={280}
          onChange={(value) => set({ [field]: value ?? undefined })}
        />
      ))}
      {filter.cell && (
        <button type="button" className={styles.chip} onClick={() => set({ cell: undefined })}>
          {t('column.cell')} {filter.cell} ×
        </button>
      )}
      <Checkbox checked={inView} onChange={(event) => onInView(event.target.checked)}>
        {t('filter.inView')}
      </Checkbox>
    </div>
  );
}

interface Branch {
  value: string;
  title: string;
  children: Branch[];
}

function divisionTree(divisions: readonly Division[], name: (names: Division['name']) => string): Branch[] {
  const branches = new Map<string, Branch>(
    divisions.map((division) => [
      division.code,
      { value: division.code, title: name(division.name), children: [] },
    ]),
  );
  const roots: Branch[] = [];
  for (const { code, parentCode } of divisions) {
    const branch = branches.get(code);
    if (branch) (branches.get(parentCode ?? '')?.children ?? roots).push(branch);
  }
  return roots;
}
