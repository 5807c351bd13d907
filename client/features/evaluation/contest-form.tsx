import { App, Form, Input, Modal, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { JudgedCase, NewContest } from '#contract/evaluation';
import { useName } from '../../i18n/use-language.ts';
import { ErrorNote } from '../access/error-note.tsx';
import { PhotoUpload } from '../cases/photo-upload.tsx';
import { useFileContest } from './contests-api.ts';

type Values = Omit<NewContest, 'caseId'>;

/** The unit's objection to how a case counts: what it asks for, why, and the evidence. */
export function ContestForm({ one, onClose }: { one: JudgedCase; onClose: () => void }) {
  const { t } = useTranslation('evaluation');
  const name = useName();
  const { message } = App.useApp();
  const file = useFileContest();
  const [form] = Form.useForm<Values>();
  const send = (values: Values) =>
    file.mutate(
      { ...values, reason: values.reason.trim(), caseId: one.caseId },
      {
        onSuccess: () => {
          void message.success(t('contest.filed'));
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={t('contest.title', { number: one.number })}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('contest.send')}
      cancelText={t('cancel')}
      confirmLoading={file.isPending}
    >
      <p>{name(one.why)}</p>
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ wants: 'in-time', photos: [] }}
        onFinish={send}
        style={{ marginTop: 12 }}
      >
        <Form.Item name="wants" label={t('contest.wants')}>
          <Radio.Group
            options={(['in-time', 'left-out'] as const).map((value) => ({
              value,
              label: t(`contest.want.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('contest.reason')}
          rules={[{ required: true, whitespace: true, message: t('contest.reasonMissing') }]}
        >
          <Input.TextArea rows={4} maxLength={1000} showCount />
        </Form.Item>
        <Form.Item
          name="photos"
          label={t('contest.evidence')}
          rules={[{ required: true, type: 'array', min: 1, message: t('contest.evidenceMissing') }]}
        >
          <PhotoUpload />
        </Form.Item>
      </Form>
      <ErrorNote error={file.error} />
    </Modal>
  );
}
