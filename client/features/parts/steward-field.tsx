import { useQuery } from '@tanstack/react-query';
import { AutoComplete, Input } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Steward } from '#contract/parts';
import { useName } from '../../i18n/use-language.ts';
import { unitsQuery } from '../units/api.ts';
import styles from './part-form.module.css';

interface StewardFieldProps {
  id?: string;
  value?: Steward | null;
  onChange?: (steward: Steward | null) => void;
}

/** A body that owns or keeps a part: a unit of the deployment, or one of another's with a code of its own. */
export function StewardField({ id, value, onChange }: StewardFieldProps) {
  const { t } = useTranslation('register');
  const name = useName();
  const { data: units } = useQuery(unitsQuery);
  const options = useMemo(
    () =>
      (units ?? [])
        .filter(({ closedAt }) => closedAt === undefined)
        .map((unit) => ({ value: unit.code, label: name(unit.name), unit })),
    [units, name],
  );
  const change = (next: Steward) => onChange?.(next.code === '' && next.name === '' ? null : next);
  return (
    <div className={styles.steward}>
      <AutoComplete
        {...(id ? { id } : {})}
        value={value?.name ?? ''}
        options={options}
        showSearch={{
          filterOption: (typed, option) =>
            option !== undefined &&
            `${option.label} ${option.value}`.toLowerCase().includes(typed.toLowerCase()),
        }}
        placeholder={t('part.stewardHint')}
        maxLength={100}
        allowClear
        onSelect={(_, { unit }) => change({ code: unit.code, name: unit.name.zh })}
        onChange={(text: string | undefined) => {
          const chosen = options.find((option) => option.value === text);
          // Choosing from the list arrives here too, as the code: `onSelect` says it whole.
          if (!chosen) change({ code: value?.code ?? '', name: text ?? '' });
        }}
        onClear={() => onChange?.(null)}
      />
      <Input
        value={value?.code ?? ''}
        maxLength={40}
        placeholder={t('part.stewardCode')}
        aria-label={t('part.stewardCode')}
        onChange={(event) => change({ code: event.target.value.trim(), name: value?.name ?? '' })}
      />
    </div>
  );
}
