import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import type { CaseRequest } from '#contract/requests';
import { ErrorNote } from '../access/error-note.tsx';
import { useCaseAction } from './api.ts';
import { DurationInput } from './duration-input.tsx';
import styles from './case-requests.module.css';

interface RequestDecisionProps {
  request: CaseRequest;
  one: Pick<CaseSummary, 'id' | 'version' | 'timing'>;
  onDone?: () => void;
}

interface Values {
  note?: string;
  seconds?: number;
}

/** Approve, perhaps for less time than was asked, or refuse and say why. */
export function RequestDecision({ request, one, onDone }: RequestDecisionProps) {
  const { t } = useTranslation('cases');
  const [form] = Form.useForm<Values>();
  const act = useCaseAction(one);
  const isReturn = request.kind === 'return';
  const decide = (approved: boolean) => {
    const { note, seconds } = form.getFieldsValue();
    const words = note?.trim();
    if (!approved && !words) {
      form.setFields([{ name: 'note', errors: [t('request.decisionNoteMissing')] }]);
      form.focusField('note');
      return;
    }
    act.mutate(
      {
        action: 'decide-request',
        request: request.id,
        approved,
        ...(words ? (approved ? { note: words } : { reason: words }) : {}),
        ...(approved && request.kind === 'extension' && seconds !== undefined ? { seconds } : {}),
      },
      { onSuccess: () => onDone?.() },
    );
  };
  return (
    <Form<Values>
      form={form}
      // Many stand on one screen: their fields need names of their own.
      name={`decide-${request.id}`}
      layout="vertical"
      requiredMark={false}
      className={styles.decision}
      aria-label={t('request.decideNow')}
      initialValues={request.seconds === undefined ? {} : { seconds: request.seconds }}
    >
      {request.kind === 'extension' && (
        <Form.Item name="seconds" label={t('request.approvedSeconds')}>
          <DurationInput timing={one.timing} size="middle" />
        </Form.Item>
      )}
      <Form.Item name="note" label={t('request.decisionNote')}>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={1000} />
      </Form.Item>
      <ErrorNote error={act.error} />
      <div className={styles.buttons}>
        <Button
          type="primary"
          loading={act.isPending && act.variables.approved === true}
          disabled={act.isPending}
          onClick={() => decide(true)}
        >
          {t(isReturn ? 'request.approveReturn' : 'request.approve')}
        </Button>
        <Button
          loading={act.isPending && act.variables.approved === false}
          disabled={act.isPending}
          onClick={() => decide(false)}
        >
          {t(isReturn ? 'request.refuseReturn' : 'request.refuse')}
        </Button>
      </div>
    </Form>
  );
}
