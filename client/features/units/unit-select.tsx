import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Candidate } from '#contract/units';
import { useName } from '../../i18n/use-language.ts';
import { unitsQuery } from './api.ts';

interface UnitSelectProps {
  /** Shown first. */
  candidates: Candidate[];
  except?: string | undefined;
  id?: string;
  value?: string;
  onChange?: (code: string) => void;
}

/** Closed by the browser's clock; the server decides. */
function isOver(closedAt: string | undefined): boolean {
  return closedAt !== undefined && Date.parse(closedAt) <= Date.now();
}

/** A responsible unit, found by name or code; those the rules considered come first. */
export function UnitSelect({ candidates, except, id, value, onChange }: UnitSelectProps) {
  const { t } = useTranslation('cases');
  const name = useName();
  const { data = [], isPending } = useQuery(unitsQuery);
  const considered = new Set(candidates.map(({ unit }) => unit.code));
  const options = data
    .filter(({ code, closedAt }) => code !== except && !isOver(closedAt))
    .map((unit) => ({ value: unit.code, label: `${name(unit.name)} · ${unit.code}` }));
  return (
    <Select
      {...(id ? { id } : {})}
      {...(value ? { value } : {})}
      {...(onChange ? { onChange } : {})}
      size="large"
      loading={isPending}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('unitHint')}
      options={[
        { label: t('unitsConsidered'), options: options.filter((option) => considered.has(option.value)) },
        { label: t('unitsAll'), options: options.filter((option) => !considered.has(option.value)) },
      ].filter((group) => group.options.length > 0)}
    />
  );
}
