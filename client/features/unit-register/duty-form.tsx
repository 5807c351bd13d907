import { useQuery } from '@tanstack/react-query';
import { Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Duty, NewDuty } from '#contract/units';
import { useName } from '../../i18n/use-language.ts';
import { useServerDay } from '../clock/use-server-day.ts';
import { classesQuery } from '../dictionary/api.ts';
import { divisionsQuery } from '../grid/api.ts';
import { EndRuleButton, RuleForm } from '../register-table/rule-form.tsx';
import { unitsQuery } from '../units/api.ts';
import { useEndDuty, useSaveDuty } from './api.ts';

const channels = ['video', 'subdistrict-video', 'collector', 'hotline', 'public', 'device', 'api'] as const;

/** A new duty, or the successor of one from a day on. */
export function DutyForm({ duty, onClose }: { duty: Duty | 'new'; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const name = useName();
  const today = useServerDay();
  const save = useSaveDuty();
  const end = useEndDuty();
  const { data: classes = [] } = useQuery(classesQuery);
  const { data: units = [] } = useQuery(unitsQuery);
  const { data: divisions = [] } = useQuery(divisionsQuery);
  const [form] = Form.useForm<NewDuty>();
  const kind = Form.useWatch('kind', form);
  const before = duty === 'new' ? undefined : duty;
  const close = { onSuccess: onClose };
  const search = { optionFilterProp: 'label' };
  return (
    <RuleForm<NewDuty>
      form={form}
      title={before ? name(before.unitName) : t('duties.add')}
      okText={before ? t('limits.replace') : t('duties.add')}
      hint={before && t('duties.replaceHint')}
      initialValues={
        before
          ? { ...before, from: today, to: undefined, reason: '' }
          : { kind: 'event', role: 'lead', priority: 10, from: today, mode: '', quote: '' }
      }
      saving={save.isPending}
      error={save.error ?? end.error}
      onSave={(values) => {
        const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
        const body = Object.fromEntries(given) as NewDuty;
        save.mutate({ ...body, ...(before ? { replaces: before.id } : {}) }, close);
      }}
      onClose={onClose}
      subject={before && { subject: 'duty', code: String(before.id) }}
      other={
        before && (
          <EndRuleButton
            form={form}
            label={t('duties.end')}
            ending={end.isPending}
            onEnd={(ending) => end.mutate({ id: before.id, ...ending }, close)}
          />
        )
      }
    >
      <Form.Item name="unitCode" label={t('duties.unit')} rules={[{ required: true }]}>
        <Select
          showSearch={search}
          options={units.map(({ code, name: names }) => ({ value: code, label: name(names) }))}
        />
      </Form.Item>
      <div style={{ display: 'grid', gridTemplateColumns: '130px 1fr', gap: 12 }}>
        <Form.Item name="kind" label={t('duties.kind')}>
          <Select
            options={(['part', 'event'] as const).map((value) => ({
              value,
              label: t(`duties.kinds.${value}`),
            }))}
            onChange={() => form.setFieldValue('class', undefined)}
          />
        </Form.Item>
        <Form.Item name="class" label={t('limits.class')}>
          <Select
            allowClear
            showSearch={search}
            placeholder={kind ? t(`duties.every.${kind}`) : ''}
            options={classes
              .filter((entry) => entry.kind === kind)
              .map((entry) => ({ value: entry.id, label: `${name(entry.name)} · ${entry.id}` }))}
          />
        </Form.Item>
        <Form.Item name="role" label={t('duties.role')}>
          <Select
            options={(['lead', 'assist'] as const).map((value) => ({
              value,
              label: t(`duties.roles.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="areaCode" label={t('duties.area')}>
          <Select
            allowClear
            showSearch={search}
            placeholder={t('duties.everywhere')}
            options={divisions.map(({ code, name: names }) => ({
              value: code,
              label: `${name(names)} · ${code}`,
            }))}
          />
        </Form.Item>
        <Form.Item name="place" label={t('limits.place')}>
          <Select
            allowClear
            placeholder={t('place.any')}
            options={(['carriageway', 'footway'] as const).map((value) => ({
              value,
              label: t(`place.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="ownerCondition" label={t('duties.ownerCondition')}>
          <Select
            allowClear
            placeholder={t('duties.none')}
            options={(['owner', 'maintainer', 'builder-in-maintenance'] as const).map((value) => ({
              value,
              label: t(`duties.condition.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="priority" label={t('duties.priority')}>
          <InputNumber min={0} max={1000} />
        </Form.Item>
        <Form.Item name="channel" label={t('duties.channelLabel')}>
          <Select
            allowClear
            placeholder={t('duties.anyChannel')}
            options={channels.map((value) => ({ value, label: t(`duties.channel.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="from" label={t('limits.from')} rules={[{ required: true }]}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="mode" label={t('duties.mode')}>
          <Input maxLength={400} />
        </Form.Item>
      </div>
      <Form.Item name="quote" label={t('duties.quote')} rules={[{ required: true }]}>
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
    </RuleForm>
  );
}
