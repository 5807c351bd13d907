import { useQuery } from '@tanstack/react-query';
import { Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { LimitRow, NewLimit } from '#contract/dictionary';
import { useName } from '../../i18n/use-language.ts';
import { useServerDay } from '../clock/use-server-day.ts';
import { classesQuery } from '../dictionary/api.ts';
import { EndRuleButton, NamesField, RuleForm } from '../register-table/rule-form.tsx';
import { useEndLimit, useSaveLimit } from './api.ts';

const units = ['minute', 'urgent_hour', 'urgent_day', 'hour', 'day', 'work_day'] as const;

type Values = Omit<NewLimit, 'place' | 'replaces'> & { place?: 'carriageway' | 'footway' | null };

/** A new limit, or the successor of one from a day on; cases filed before keep theirs. */
export function LimitForm({ limit, onClose }: { limit: LimitRow | 'new'; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const name = useName();
  const today = useServerDay();
  const { data: classes = [] } = useQuery(classesQuery);
  const save = useSaveLimit();
  const end = useEndLimit();
  const [form] = Form.useForm<Values>();
  const before = limit === 'new' ? undefined : limit;
  const close = { onSuccess: onClose };
  return (
    <RuleForm<Values>
      form={form}
      width={640}
      title={before ? `${name(before.className)} · ${name(before.condition)}` : t('limits.add')}
      okText={before ? t('limits.replace') : t('limits.add')}
      hint={before && t('limits.replaceHint')}
      initialValues={
        before
          ? { ...before, place: before.place ?? null, from: today, reason: '' }
          : { unit: 'hour', urgent: false, special: false, isDefault: false, from: today, place: null }
      }
      saving={save.isPending}
      error={save.error ?? end.error}
      onSave={(values) => save.mutate({ ...values, ...(before ? { replaces: before.id } : {}) }, close)}
      onClose={onClose}
      subject={before && { subject: 'limit', code: String(before.id) }}
      other={
        before && (
          <EndRuleButton
            form={form}
            label={t('limits.end')}
            ending={end.isPending}
            onEnd={(ending) => end.mutate({ id: before.id, ...ending }, close)}
          />
        )
      }
    >
      <Form.Item name="class" label={t('limits.class')} rules={[{ required: true }]}>
        <Select
          disabled={before !== undefined}
          showSearch={{ optionFilterProp: 'label' }}
          options={classes.map((entry) => ({
            value: entry.id,
            label: `${name(entry.name)} · ${entry.id}`,
          }))}
        />
      </Form.Item>
      <NamesField name="condition" label={t('limits.condition')} />
      <NamesField name="closingCondition" label={t('limits.closing')} />
      <div style={{ display: 'flex', gap: 12, flexWrap: 'wrap' }}>
        <Form.Item name="amount" label={t('limits.limit')} rules={[{ required: true }]}>
          <InputNumber min={0.1} max={3650} />
        </Form.Item>
        <Form.Item name="unit" label={t('limits.unit')}>
          <Select
            style={{ width: 190 }}
            options={units.map((value) => ({ value, label: t(`limits.units.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="place" label={t('limits.place')}>
          <Select
            style={{ width: 130 }}
            options={[
              { value: null, label: t('place.any') },
              { value: 'carriageway', label: t('place.carriageway') },
              { value: 'footway', label: t('place.footway') },
            ]}
          />
        </Form.Item>
        <Form.Item name="from" label={t('limits.from')} rules={[{ required: true }]}>
          <Input type="date" />
        </Form.Item>
      </div>
      {(['isDefault', 'urgent', 'special'] as const).map((flag) => (
        <Form.Item key={flag} name={flag} valuePropName="checked" style={{ marginBottom: 4 }}>
          <Checkbox>{t(`limits.flag.${flag}`)}</Checkbox>
        </Form.Item>
      ))}
    </RuleForm>
  );
}
