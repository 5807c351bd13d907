import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PartFields, Steward } from '#contract/parts';
import styles from './part-form.module.css';
import { PartStateMark } from './part-state-mark.tsx';
import { partStates } from './part-states.ts';
import { StewardField } from './steward-field.tsx';

/** What the form holds; a field left empty is null. */
export interface PartValues extends Omit<PartFields, 'position' | 'authority'> {
  authority: Steward | null;
  code?: string;
  initialDate?: string;
  reason?: string;
}

interface PartFormProps {
  initial: Partial<PartValues>;
  isNew: boolean;
  busy: boolean;
  /** Why it cannot be saved yet. */
  blocked?: string | undefined;
  onSubmit: (values: PartValues) => void;
  onCancel: () => void;
}

/** Everything people may write about a part but its place. */
export function PartForm({ initial, isNew, busy, blocked, onSubmit, onCancel }: PartFormProps) {
  const { t } = useTranslation('register');
  const whole = {
    validator: (_: unknown, steward: Steward | null | undefined) =>
      !steward || (steward.code !== '' && steward.name !== '')
        ? Promise.resolve()
        : Promise.reject(new Error(t('part.required'))),
  };
  return (
    <Form<PartValues>
      layout="vertical"
      requiredMark={false}
      className={styles.form}
      initialValues={initial}
      aria-label={t(isNew ? 'part.add' : 'part.edit')}
      onFinish={(values) => onSubmit({ ...initial, ...emptyToNull(values) } as PartValues)}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    >
      {isNew && (
        <Form.Item
          name="code"
          label={t('column.code')}
          rules={[{ pattern: /^\d{17}$/, message: t('part.codeWrong') }]}
        >
          <Input inputMode="numeric" maxLength={17} placeholder={t('part.codeHint')} />
        </Form.Item>
      )}
      <Form.Item name="state" label={t('part.state')}>
        <Select
          options={partStates.map((state) => ({ value: state, label: <PartStateMark state={state} /> }))}
        />
      </Form.Item>
      <Form.Item name="owner" label={t('part.owner')} rules={[whole]}>
        <StewardField />
      </Form.Item>
      <Form.Item name="maintainer" label={t('part.maintainer')} rules={[whole]}>
        <StewardField />
      </Form.Item>
      <Form.Item name="maintenanceUntil" label={t('part.maintenanceUntil')}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="authority" label={t('part.authority')} rules={[whole]}>
        <StewardField />
      </Form.Item>
      <Form.Item name="source" label={t('part.source')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="note" label={t('part.note')}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
      {!isNew && (
        <Form.Item name="reason" label={t('reasonOptional')}>
          <Input maxLength={400} placeholder={t('reasonHint')} />
        </Form.Item>
      )}
      <div className={styles.buttons}>
        <Button type="primary" htmlType="submit" size="large" loading={busy} disabled={blocked !== undefined}>
          {t('save')}
        </Button>
        <Button size="large" onClick={onCancel}>
          {t('cancel')}
        </Button>
        {blocked && <span className={styles.blocked}>{blocked}</span>}
      </div>
    </Form>
  );
}

function emptyToNull(values: PartValues): Partial<PartValues> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]: [string, unknown]) => [
      key,
      value === '' ? null : (value ?? null),
    ]),
  );
}
