import { Button, Form, Input, Modal, type FormInstance } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegisterSubject } from '#contract/history';
import { ErrorNote } from '../access/error-note.tsx';
import { HistoryList } from '../history/history-list.tsx';

interface RuleFormProps<Values extends { reason?: string | undefined }> {
  form: FormInstance<Values>;
  title: string;
  okText: string;
  /** What changing it means. */
  hint?: ReactNode;
  initialValues: object;
  width?: number;
  saving: boolean;
  error: unknown;
  onSave: (values: Values) => void;
  onClose: () => void;
  /** A second way out, such as ending it from a day on. */
  other?: ReactNode;
  /** What is changed: its history is a button away. */
  subject?: { subject: RegisterSubject; code: string } | undefined;
  children: ReactNode;
}

/** A thing of the register in a dialog: its fields, why it changes, and what was changed before. */
export function RuleForm<Values extends { reason?: string | undefined }>(props: RuleFormProps<Values>) {
  const { form, title, okText, hint, initialValues, width = 620, saving, error, onSave, onClose } = props;
  const { t } = useTranslation('admin');
  const [past, setPast] = useState(false);
  return (
    <Modal
      open
      width={width}
      title={title}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={okText}
      confirmLoading={saving}
      footer={(_, { OkBtn, CancelBtn }) => (
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
          {props.other}
          {props.subject && (
            <Button type="text" aria-expanded={past} onClick={() => setPast(!past)}>
              {t('history')}
            </Button>
          )}
          <span style={{ flex: 1 }} />
          <CancelBtn />
          <OkBtn />
        </div>
      )}
    >
      {hint && <p>{hint}</p>}
      <Form<Values> form={form} layout="vertical" initialValues={initialValues} onFinish={onSave}>
        {props.children}
        <Form.Item
          name="reason"
          label={t('reason')}
          rules={[{ required: true, whitespace: true, message: t('reasonMissing') }]}
        >
          <Input maxLength={400} />
        </Form.Item>
      </Form>
      <ErrorNote error={error} />
      {past && props.subject && <HistoryList {...props.subject} />}
    </Modal>
  );
}

/** Ends a rule on the day and for the reason that stand in its form. */
export function EndRuleButton<Values extends { from: string; reason: string }>(props: {
  form: FormInstance<Values>;
  label: string;
  ending: boolean;
  onEnd: (ending: { on: string; reason: string }) => void;
}) {
  const { form, label, ending, onEnd } = props;
  return (
    <Button
      danger
      loading={ending}
      onClick={() => {
        form
          .validateFields()
          .then(({ from, reason }) => onEnd({ on: from, reason }))
          // The form says by itself what is missing.
          .catch(() => undefined);
      }}
    >
      {label}
    </Button>
  );
}

/** A text in both languages. */
export function NamesField({ name, label }: { name: string; label: string }) {
  const { t } = useTranslation('admin');
  return (
    <Form.Item label={label} required style={{ marginBottom: 0 }}>
      <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 12 }}>
        {(['zh', 'en'] as const).map((language) => {
          const word = t(language === 'zh' ? 'chinese' : 'english');
          return (
            <Form.Item
              key={language}
              name={[name, language]}
              rules={[{ required: true, whitespace: true, message: t('nameMissing') }]}
            >
              <Input aria-label={`${label} (${word})`} placeholder={word} maxLength={400} />
            </Form.Item>
          );
        })}
      </div>
    </Form.Item>
  );
}
