import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { HeadDetail, HeadEdit, HeadInList, HeadRole, NewHead } from '#contract/grid';
import { useName } from '../../i18n/use-language.ts';
import { StateNote } from '../../ui/state-note.tsx';
import { useServerDay } from '../clock/use-server-day.ts';
import { divisionsQuery } from '../grid/api.ts';
import { NamesField, RuleForm } from '../register-table/rule-form.tsx';
import { headQuery, useSaveHead } from './api.ts';
import { CellPicker } from './cell-picker.tsx';

interface Values {
  name: { zh: string; en: string };
  role: HeadRole;
  phone?: string;
  communityCode: string;
  /** Of a new head the first day, else the day from which the cells are these. */
  from: string;
  to?: string;
  cells: string[];
  reason: string;
}

/** A new head, or what changes about one: name, telephone, cells from a day on, the last day. */
export function HeadForm({ head, onClose }: { head: HeadInList | 'new'; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const today = useServerDay();
  const id = head === 'new' ? '' : head.id;
  const since = head !== 'new' && head.from > today ? head.from : today;
  const { data, isError, refetch } = useQuery({ ...headQuery(id, since), enabled: head !== 'new' });
  if (head === 'new') return <LoadedForm day={today} onClose={onClose} />;
  if (isError)
    return (
      <StateNote kind="error" title={t('failed')} action={{ label: t('again'), run: () => void refetch() }} />
    );
  return data ? <LoadedForm key={data.version} head={data} day={since} onClose={onClose} /> : null;
}

function LoadedForm({ head, day, onClose }: { head?: HeadDetail; day: string; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const name = useName();
  const save = useSaveHead();
  const { data: divisions = [] } = useQuery(divisionsQuery);
  const [form] = Form.useForm<Values>();
  const community = Form.useWatch('communityCode', form) ?? head?.communityCode ?? '';
  const role = Form.useWatch('role', form) ?? head?.role ?? 'grid-head';
  const from = Form.useWatch('from', form) ?? day;
  const submit = (values: Values) => {
    const done = { onSuccess: onClose };
    if (head) save.mutate({ id: head.id, edit: editOf(head, values) }, done);
    else save.mutate({ head: newHead(values) }, done);
  };
  return (
    <RuleForm<Values>
      form={form}
      width={680}
      title={head ? name(head.name) : t('heads.add')}
      okText={head ? t('save') : t('heads.add')}
      initialValues={
        head ? { ...head, from: day } : { role: 'grid-head', from: day, cells: [], communityCode: undefined }
      }
      saving={save.isPending}
      error={save.error}
      onSave={submit}
      onClose={onClose}
      subject={head && { subject: 'head', code: head.id }}
    >
      <NamesField name="name" label={t('heads.name')} />
      <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', columnGap: 12 }}>
        <Form.Item name="role" label={t('heads.role')}>
          <Select
            disabled={head !== undefined}
            options={(['grid-head', 'courtyard-head'] as const).map((value) => ({
              value,
              label: t(`heads.roles.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="phone" label={t('heads.phone')}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item
          name="communityCode"
          label={t('heads.community')}
          rules={[{ required: true, message: t('heads.communityMissing') }]}
        >
          <Select
            disabled={head !== undefined}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={() => form.setFieldValue('cells', [])}
            options={divisions
              .filter(({ level }) => level === 'community')
              .map(({ code, name: names }) => ({ value: code, label: `${name(names)} ${code}` }))}
          />
        </Form.Item>
        <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 12 }}>
          <Form.Item
            name="from"
            label={head ? t('heads.cellsFrom') : t('heads.from')}
            rules={[{ required: true, message: t('dayMissing') }]}
          >
            <Input type="date" min={head ? head.from : undefined} />
          </Form.Item>
          <Form.Item name="to" label={t('heads.to')} tooltip={t('heads.toHint')}>
            <Input type="date" min={head?.from} />
          </Form.Item>
        </div>
      </div>
      <Form.Item name="cells" label={t('heads.cellsOf')}>
        <CellPicker community={community} role={role} on={from} self={head?.id} />
      </Form.Item>
    </RuleForm>
  );
}

function newHead({ to, phone, ...rest }: Values): NewHead {
  return { ...rest, ...(to ? { to } : {}), ...(phone ? { phone } : {}) };
}

function editOf(head: HeadDetail, { name, phone, to, from, cells, reason }: Values): HeadEdit {
  const same = cells.toSorted().join() === head.cells.toSorted().join();
  return {
    expectedVersion: head.version,
    name,
    phone: phone ? phone : null,
    ...((to ?? '') === (head.to ?? '') ? {} : { to: to ? to : null }),
    ...(same ? {} : { cells, cellsFrom: from }),
    reason,
  };
}
