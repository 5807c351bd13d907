import { Button, Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ActionField, AllowedAction, CaseDetail } from '#contract/cases';
import { ReturnReason } from '#contract/requests';
import { UnitSelect } from '../units/unit-select.tsx';
import { needOf } from './action-fields.ts';
import styles from './action-form.module.css';
import type { ActionInput } from './api.ts';
import { CaseSelect } from './case-select.tsx';
import { CheckerSelect } from './checker-select.tsx';
import { DurationInput } from './duration-input.tsx';
import { PhotoUpload } from './photo-upload.tsx';
import { UnitsSelect } from './units-select.tsx';

interface ActionFormProps {
  allowed: AllowedAction;
  one: Pick<CaseDetail, 'id' | 'stage' | 'unit' | 'candidates' | 'timing' | 'proposed'>;
  busy: boolean;
  onSubmit: (input: ActionInput) => void;
  onCancel: () => void;
}

type Values = Omit<ActionInput, 'action'>;

/** The few fields that the workflow says an action needs, and no more. */
export function ActionForm({ allowed, one, busy, onSubmit, onCancel }: ActionFormProps) {
  const { t } = useTranslation(['cases', 'errors']);
  const [form] = Form.useForm<Values>();
  const given = Form.useWatch([], form) as Partial<Values> | undefined;
  const { action } = allowed;
  const isRedispatch = action === 'dispatch' && one.stage === 'handling';
  const isReturn = action === 'return';
  const need = (field: ActionField['name']) => needOf(allowed.fields, field, given ?? {});
  const [reason, photos, note] = [need('reason'), need('photos'), need('note')];
  const must = (message: string) => [{ required: true, message }];
  const mustSay = (message: string) => [{ required: true, whitespace: true, message }];
  return (
    <Form<Values>
      form={form}
      name={`${action}-${one.id}`}
      layout="vertical"
      requiredMark={false}
      className={styles.form}
      aria-label={t(`action.${action}`)}
      {...(action === 'dispatch' && one.proposed ? { initialValues: { unit: one.proposed.code } } : {})}
      onFinish={(values) => onSubmit({ action, ...dropEmpty(values) })}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    >
      {need('passed') && (
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
      {need('reasonCode') && (
        <Form.Item name="reasonCode" label={t('reasonCode')} rules={must(t('reasonCodeMissing'))}>
          <Radio.Group
            className={styles.choices ?? ''}
            options={ReturnReason.anyOf.map(({ const: code }) => ({
              value: code,
              label: t(`returnReason.${code}`),
            }))}
          />
        </Form.Item>
      )}
      {need('unit') && (
        <Form.Item name="unit" label={t('unit')} rules={must(t('errors:UNIT_REQUIRED'))}>
          <UnitSelect candidates={one.candidates} except={isRedispatch ? one.unit?.code : undefined} />
        </Form.Item>
      )}
      {need('assistants') && (
        <Form.Item name="assistants" label={t('assistants')}>
          <UnitsSelect />
        </Form.Item>
      )}
      {need('checker') && (
        <Form.Item name="checker" label={t('checker')}>
          <CheckerSelect caseId={one.id} />
        </Form.Item>
      )}
      {need('into') && (
        <Form.Item name="into" label={t('mergeInto')} rules={must(t('mergeIntoMissing'))}>
          <CaseSelect exceptId={one.id} />
        </Form.Item>
      )}
      {need('seconds') && (
        <Form.Item
          name="seconds"
          label={t(action === 'change-limit' ? 'seconds.limit' : 'seconds.extension')}
          rules={must(t('seconds.missing'))}
        >
          <DurationInput timing={one.timing} />
        </Form.Item>
      )}
      {photos && (
        <Form.Item
          name="photos"
          label={t(
            isReturn ? 'photosForReturn' : photos === 'required' ? 'photosRequired' : 'photosOptional',
          )}
          rules={photos === 'required' ? must(t('errors:EVIDENCE_REQUIRED')) : []}
        >
          <PhotoUpload />
        </Form.Item>
      )}
      {reason && (
        <Form.Item
          name="reason"
          label={t(reason === 'required' ? 'reason' : 'reasonOptional')}
          rules={reason === 'required' ? mustSay(t('errors:REASON_REQUIRED')) : []}
        >
          <Input.TextArea rows={2} maxLength={1000} autoFocus={!need('unit') && !isReturn} />
        </Form.Item>
      )}
      {note && (
        <Form.Item
          name="note"
          label={t(note === 'required' ? 'note' : 'noteOptional')}
          rules={note === 'required' ? mustSay(t('noteMissing')) : []}
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
    Object.entries(values).filter(
      ([, value]) =>
        value !== undefined && value !== '' && value !== null && !(Array.isArray(value) && !value.length),
    ),
  );
}
