import { useQuery } from '@tanstack/react-query';
import { Checkbox, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { NewUnit, Unit } from '#contract/units';
import { useName } from '../../i18n/use-language.ts';
import { divisionsQuery } from '../grid/api.ts';
import { NamesField, RuleForm } from '../register-table/rule-form.tsx';
import { useSaveUnit } from './api.ts';

const kinds = ['bureau', 'subdistrict', 'company', 'other'] as const;

type Values = NewUnit & { closedAt?: string };

export function UnitForm({ unit, onClose }: { unit: Unit | 'new'; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const name = useName();
  const save = useSaveUnit();
  const { data: divisions = [] } = useQuery(divisionsQuery);
  const [form] = Form.useForm<Values>();
  const before = unit === 'new' ? undefined : unit;
  const required = [{ required: true }];
  const submit = ({ code, closedAt, subdistrictCode, ...fields }: Values) => {
    const edit = { ...fields, ...(subdistrictCode ? { subdistrictCode } : {}) };
    save.mutate(
      before
        ? { code: before.code, edit: { ...edit, closedAt: closedAt ? closedAt : null } }
        : { edit: { ...edit, code } },
      { onSuccess: onClose },
    );
  };
  return (
    <RuleForm<Values>
      form={form}
      width={560}
      title={before ? name(before.name) : t('units.add')}
      okText={t('save')}
      initialValues={before ?? { kind: 'bureau', isCommand: false }}
      saving={save.isPending}
      error={save.error}
      onSave={submit}
      onClose={onClose}
      subject={before && { subject: 'unit', code: before.code }}
    >
      <Form.Item
        name="code"
        label={t('units.code')}
        extra={before ? undefined : t('units.codeHint')}
        rules={[{ required: !before, pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/, message: t('units.codeHint') }]}
      >
        <Input disabled={before !== undefined} maxLength={40} />
      </Form.Item>
      <NamesField name="name" label={t('units.name')} />
      <Form.Item name="kind" label={t('units.kind')}>
        <Select options={kinds.map((value) => ({ value, label: t(`units.kinds.${value}`) }))} />
      </Form.Item>
      <Form.Item name="subdistrictCode" label={t('units.area')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={divisions
            .filter(({ level }) => level === 'subdistrict')
            .map(({ code, name: names }) => ({ value: code, label: name(names) }))}
        />
      </Form.Item>
      <Form.Item name="phone" label={t('units.phone')} rules={required}>
        <Input />
      </Form.Item>
      <Form.Item name="leader" label={t('units.leader')} rules={required}>
        <Input />
      </Form.Item>
      <Form.Item name="acceptanceClerk" label={t('units.clerk')} rules={required}>
        <Input />
      </Form.Item>
      <Form.Item name="isCommand" valuePropName="checked">
        <Checkbox>{t('units.commandHint')}</Checkbox>
      </Form.Item>
      {before && (
        <Form.Item name="closedAt" label={t('units.closeFrom')} extra={t('units.closeHint')}>
          <Input type="date" />
        </Form.Item>
      )}
    </RuleForm>
  );
}
