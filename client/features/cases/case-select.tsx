import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useName } from '../../i18n/use-language.ts';
import { useOpenCases } from './use-open-cases.ts';

interface CaseSelectProps {
  exceptId: string;
  id?: string;
  value?: string;
  onChange?: (id: string) => void;
}

/** Another open case, found by number or class. */
export function CaseSelect({ exceptId, id, value, onChange }: CaseSelectProps) {
  const { t } = useTranslation('cases');
  const name = useName();
  const cases = useOpenCases();
  return (
    <Select
      {...(id ? { id } : {})}
      {...(value ? { value } : {})}
      {...(onChange ? { onChange } : {})}
      size="large"
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('mergeIntoHint')}
      options={cases
        .filter((one) => one.id !== exceptId)
        .map((one) => ({ value: one.id, label: `${one.number} ${name(one.className)}` }))}
    />
  );
}
