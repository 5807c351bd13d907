import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ClassEdit, ClassEntry } from '#contract/dictionary';
import { useName } from '../../i18n/use-language.ts';
import { NamesField, RuleForm } from '../register-table/rule-form.tsx';
import { useEditClass } from './dictionary-api.ts';

/** Names and stance of a class; its code is the standard's. */
export function ClassForm({ entry, onClose }: { entry: ClassEntry; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const name = useName();
  const edit = useEditClass();
  const [form] = Form.useForm<ClassEdit>();
  return (
    <RuleForm<ClassEdit>
      form={form}
      width={560}
      title={`${entry.id} ${name(entry.name)}`}
      okText={t('save')}
      initialValues={{ name: entry.name, stance: entry.stance }}
      saving={edit.isPending}
      error={edit.error}
      onSave={(values) => edit.mutate({ id: entry.id, edit: values }, { onSuccess: onClose })}
      onClose={onClose}
      subject={{ subject: 'class', code: entry.id }}
    >
      <NamesField name="name" label={t('classes.name')} />
      <Form.Item name="stance" label={t('classes.stance')} extra={t('classes.stanceHint')}>
        <Select
          options={(['upright', 'flat'] as const).map((value) => ({
            value,
            label: t(`classes.stances.${value}`),
          }))}
        />
      </Form.Item>
    </RuleForm>
  );
}
