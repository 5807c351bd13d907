import { useQuery } from '@tanstack/react-query';
import { TreeSelect } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useName } from '../../i18n/use-language.ts';
import { divisionsQuery } from '../grid/api.ts';

interface DivisionTreeProps {
  value: string[];
  onChange: (codes: string[]) => void;
  placeholder: string;
}

/** Any number of divisions, chosen from the tree of district, subdistricts and communities. */
export function DivisionTree({ value, onChange, placeholder }: DivisionTreeProps) {
  const { t } = useTranslation('admin');
  const name = useName();
  const { data = [], isPending } = useQuery(divisionsQuery);
  const tree = useMemo(
    () =>
      data.map((division) => ({
        id: division.code,
        pId: division.parentCode ?? 0,
        value: division.code,
        title: `${name(division.name)} ${division.code}`,
      })),
    [data, name],
  );
  return (
    <TreeSelect
      style={{ width: '100%' }}
      loading={isPending}
      treeDataSimpleMode
      treeData={tree}
      treeCheckable
      showCheckedStrategy={TreeSelect.SHOW_PARENT}
      showSearch={{ treeNodeFilterProp: 'title' }}
      maxTagCount={3}
      allowClear
      value={value}
      onChange={onChange}
      placeholder={placeholder}
      aria-label={t('grid.divisions')}
    />
  );
}
