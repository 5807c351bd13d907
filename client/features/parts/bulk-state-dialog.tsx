import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PartState } from '#contract/parts';
import { ErrorNote } from '../access/error-note.tsx';
import { useMeasures } from '../grid/use-measures.ts';
import { useChangeToast } from '../history/change-toast-store.ts';
import { useChangeStates } from './api.ts';
import { PartStateMark } from './part-state-mark.tsx';
import { partStates } from './part-states.ts';

/** More than this many are confirmed by typing their number. */
const MANY = 20;

interface BulkStateDialogProps {
  codes: readonly string[];
  onClose: () => void;
  onDone: () => void;
}

interface Values {
  state: PartState;
  reason: string;
  count?: string;
}

/** One state and one reason for many parts; many are counted again by the person who changes them. */
export function BulkStateDialog({ codes, onClose, onDone }: BulkStateDialogProps) {
  const { t } = useTranslation('register');
  const measures = useMeasures();
  const tell = useChangeToast((state) => state.tell);
  const [form] = Form.useForm<Values>();
  const change = useChangeStates();
  const count = codes.length;
  const submit = ({ state, reason }: Values) =>
    change.mutate(
      { state, reason: reason.trim(), codes: [...codes] },
      {
        onSuccess: ({ batch, changed, unchanged }) => {
          const done = t('changed', { count: changed });
          const rest = unchanged > 0 ? ` · ${t('unchanged', { count: unchanged })}` : '';
          tell({ text: done + rest, ...(changed > 0 ? { batch } : {}) });
          onDone();
        },
      },
    );
  return (
    <Modal
      open
      title={t('changeStateOf', { count })}
      okText={t('confirm')}
      cancelText={t('cancel')}
      okButtonProps={{ loading: change.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item
          name="state"
          label={t('newState')}
          rules={[{ required: true, message: t('part.required') }]}
        >
          <Select
            autoFocus
            options={partStates.map((state) => ({ value: state, label: <PartStateMark state={state} /> }))}
          />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('reason')}
          rules={[{ required: true, whitespace: true, message: t('part.required') }]}
        >
          <Input.TextArea rows={2} maxLength={400} placeholder={t('reasonHint')} />
        </Form.Item>
        {count > MANY && (
          <Form.Item
            name="count"
            label={t('changeStateHint', { value: measures.number(count) })}
            rules={[
              {
                validator: (_, value?: string) =>
                  Number((value ?? '').replace(/[,\s]/g, '')) === count
                    ? Promise.resolve()
                    : Promise.reject(new Error(t('changeCountWrong'))),
              },
            ]}
          >
            <Input inputMode="numeric" autoComplete="off" aria-label={t('changeCount')} />
          </Form.Item>
        )}
      </Form>
      <ErrorNote error={change.error} />
    </Modal>
  );
}
