import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useName } from '../../i18n/use-language.ts';
import { useServerDay } from '../clock/use-server-day.ts';
import { unitsQuery } from '../units/api.ts';

interface UnitsSelectProps {
  id?: string;
  value?: string[];
  onChange?: (codes: string[]) => void;
}

/** The units that assist, at most five. */
export function UnitsSelect({ id, value, onChange }: UnitsSelectProps) {
  const { t } = useTranslation('cases');
  const name = useName();
  const today = useServerDay();
  const { data = [], isPending } = useQuery(unitsQuery);
  return (
    <Select
      {...(id ? { id } : {})}
      {...(value ? { value } : {})}
      {...(onChange ? { onChange } : {})}
      mode="multiple"
      maxCount={5}
      size="large"
      loading={isPending}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('unitHint')}
      options={data
        .filter(({ closedAt }) => !closedAt || closedAt.slice(0, 10) > today)
        .map((unit) => ({ value: unit.code, label: `${name(unit.name)} · ${unit.code}` }))}
    />
  );
}
