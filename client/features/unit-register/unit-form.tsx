import { useQuery } from '@tanstack/react-query';
import { Checkbox, Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { NewUnit, Unit } from '#contract/units';
import { useName } from '../../i18n/use-language.ts';
import { ErrorNote } from '../access/error-note.tsx';
import { divisionsQuery } from '../grid/api.ts';
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
    <Modal
      open
      width={560}
      title={before ? name(before.name) : t('units.add')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('save')}
      confirmLoading={save.isPending}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={before ?? { kind: 'bureau', isCommand: false }}
        onFinish={submit}
      >
        <Form.Item
          name="code"
          label={t('units.code')}
          extra={before ? undefined : t('units.codeHint')}
          rules={[{ required: !before, pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/, message: t('units.codeHint') }]}
        >
          <Input disabled={before !== undefined} maxLength={40} />
        </Form.Item>
        <Form.Item name={['name', 'zh']} label={`${t('units.name')} (${t('chinese')})`} rules={required}>
          <Input />
        </Form.Item>
        <Form.Item name={['name', 'en']} label={`${t('units.name')} (${t('english')})`} rules={required}>
          <Input />
        </Form.Item>
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
        <Form.Item
          name="reason"
          label={t('reason')}
          rules={[{ required: true, message: t('reasonMissing') }]}
        >
          <Input maxLength={400} />
        </Form.Item>
      </Form>
      <ErrorNote error={save.error} />
    </Modal>
  );
}
