import { Button, Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseAction, CaseDetail } from '#contract/cases';
import { UnitSelect } from '../units/unit-select.tsx';
import { actionFields } from './action-fields.ts';
import styles from './action-form.module.css';
import type { ActionInput } from './api.ts';
import { CaseSelect } from './case-select.tsx';
import { PhotoUpload } from './photo-upload.tsx';

interface ActionFormProps {
  action: CaseAction;
  one: Pick<CaseDetail, 'id' | 'stage' | 'unit' | 'candidates'>;
  busy: boolean;
  onSubmit: (input: ActionInput) => void;
  onCancel: () => void;
}

type Values = Omit<ActionInput, 'action' | 'assistants'>;

/** The few fields an action needs, and no more. */
export function ActionForm({ action, one, busy, onSubmit, onCancel }: ActionFormProps) {
  const { t } = useTranslation(['cases', 'errors']);
  const [form] = Form.useForm<Values>();
  const fields = actionFields[action];
  const isRedispatch = action === 'dispatch' && one.stage === 'handling';
  const reason = isRedispatch ? 'required' : fields.reason;
  const must = (message: string) => [{ required: true, message }];
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      className={styles.form}
      aria-label={t(`action.${action}`)}
      onFinish={(values) => onSubmit({ action, ...dropEmpty(values) })}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    >
      {fields.verdict && (
        <Form.Item name="passed" label={t('verdict')} rules={must(t('errors:VERDICT_REQUIRED'))}>
          <Radio.Group
            size="large"
            optionType="button"
            options={[
              { label: t('passed'), value: true },
              { label: t('failed'), value: false },
            ]}
          />
        </Form.Item>
      )}
      {fields.unit && (
        <Form.Item name="unit" label={t('unit')} rules={must(t('errors:UNIT_REQUIRED'))}>
          <UnitSelect candidates={one.candidates} except={isRedispatch ? one.unit?.code : undefined} />
        </Form.Item>
      )}
      {fields.into && (
        <Form.Item name="into" label={t('mergeInto')} rules={must(t('mergeIntoMissing'))}>
          <CaseSelect exceptId={one.id} />
        </Form.Item>
      )}
      {fields.photos && (
        <Form.Item
          name="photos"
          label={t(fields.photos === 'required' ? 'photosRequired' : 'photosOptional')}
          rules={fields.photos === 'required' ? must(t('errors:EVIDENCE_REQUIRED')) : []}
        >
          <PhotoUpload />
        </Form.Item>
      )}
      {reason && (
        <Form.Item
          name="reason"
          label={t(reason === 'required' ? 'reason' : 'reasonOptional')}
          rules={
            reason === 'required'
              ? [{ required: true, whitespace: true, message: t('errors:REASON_REQUIRED') }]
              : []
          }
        >
          <Input.TextArea rows={2} maxLength={1000} autoFocus={!fields.unit} />
        </Form.Item>
      )}
      {fields.note && (
        <Form.Item
          name="note"
          label={t(fields.note === 'required' ? 'note' : 'noteOptional')}
          rules={
            fields.note === 'required'
              ? [{ required: true, whitespace: true, message: t('noteMissing') }]
              : []
          }
        >
          <Input.TextArea rows={2} maxLength={4000} />
        </Form.Item>
      )}
      <div className={styles.buttons}>
        <Button type="primary" size="large" htmlType="submit" loading={busy}>
          {t('confirm', { action: t(`action.${action}`) })}
        </Button>
        <Button size="large" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </Form>
  );
}

function dropEmpty(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== '' && value !== null),
  );
}
