import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ClassEdit, ClassEntry } from '#contract/dictionary';
import { ErrorNote } from '../access/error-note.tsx';
import { useEditClass } from './dictionary-api.ts';

/** Names and stance of a class; its code is the standard's. */
export function ClassForm({ entry, onClose }: { entry: ClassEntry; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const edit = useEditClass();
  const [form] = Form.useForm<ClassEdit>();
  return (
    <Modal
      open
      title={`${entry.id} ${entry.name.zh}`}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('save')}
      confirmLoading={edit.isPending}
    >
      <Form<ClassEdit>
        form={form}
        layout="vertical"
        initialValues={{ name: entry.name, stance: entry.stance }}
        onFinish={(values) => edit.mutate({ id: entry.id, edit: values }, { onSuccess: onClose })}
      >
        <Form.Item
          name={['name', 'zh']}
          label={`${t('classes.name')} (${t('chinese')})`}
          rules={[{ required: true }]}
        >
          <Input maxLength={400} />
        </Form.Item>
        <Form.Item
          name={['name', 'en']}
          label={`${t('classes.name')} (${t('english')})`}
          rules={[{ required: true }]}
        >
          <Input maxLength={400} />
        </Form.Item>
        <Form.Item name="stance" label={t('classes.stance')} extra={t('classes.stanceHint')}>
          <Select
            options={(['upright', 'flat'] as const).map((value) => ({
              value,
              label: t(`classes.stances.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('reason')}
          rules={[{ required: true, message: t('reasonMissing') }]}
        >
          <Input maxLength={400} />
        </Form.Item>
      </Form>
      <ErrorNote error={edit.error} />
    </Modal>
  );
}
