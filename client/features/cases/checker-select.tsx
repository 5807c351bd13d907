import { queryOptions, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CheckerCandidate } from '#contract/workflow';
import { useName } from '../../i18n/use-language.ts';
import { fetchJson } from '../access/fetch-json.ts';

const checkersQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['cases', caseId, 'checkers'],
    queryFn: ({ signal }) => fetchJson<CheckerCandidate[]>(`/cases/${caseId}/checkers`, { signal }),
  });

interface CheckerSelectProps {
  caseId: string;
  id?: string;
  value?: string;
  onChange?: (id: string) => void;
}

/** Who may check the case, in the order in which the nearest is chosen, with what each has to do already. */
export function CheckerSelect({ caseId, id, value, onChange }: CheckerSelectProps) {
  const { t } = useTranslation('cases');
  const name = useName();
  const { data = [], isPending } = useQuery(checkersQuery(caseId));
  return (
    <Select
      {...(id ? { id } : {})}
      {...(value ? { value } : {})}
      {...(onChange ? { onChange } : {})}
      allowClear
      size="large"
      loading={isPending}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('checkerBySwitch')}
      options={data.map((one) => ({
        value: one.id,
        label: t('checkerOption', {
          name: name(one.name),
          metres: Math.round(one.distanceMetres),
          count: one.openChecks,
        }),
      }))}
    />
  );
}
