import { useQuery } from '@tanstack/react-query';
import { App, Button, Form, Input, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TrialPeriod } from '#contract/evaluation';
import { StateNote } from '../../ui/state-note.tsx';
import { ErrorNote } from '../access/error-note.tsx';
import { useMe } from '../access/use-me.ts';
import { useServerDay } from '../clock/use-server-day.ts';
import { trialPeriodsQuery, useEndTrial, useMarkTrial } from './rules-api.ts';
import styles from './rules-panel.module.css';
import { useEvaluationFormats } from './use-evaluation-formats.ts';

/** Months that are marked as a trial: counted and shown, but reported apart. */
export function TrialPeriods() {
  const { t } = useTranslation('evaluation');
  const { message } = App.useApp();
  const me = useMe();
  const formats = useEvaluationFormats();
  const month = useServerDay().slice(0, 7);
  const { data, error } = useQuery(trialPeriodsQuery);
  const mark = useMarkTrial();
  const end = useEndTrial();
  const [form] = Form.useForm<TrialPeriod>();
  const mayEdit = me.role === 'evaluator' || me.role === 'administrator';
  const add = (values: TrialPeriod) =>
    mark.mutate(
      { ...values, note: values.note.trim() },
      {
        onSuccess: () => {
          form.resetFields();
          void message.success(t('trials.marked'));
        },
      },
    );
  return (
    <section className={styles.section} aria-labelledby="trials-title">
      <h3 id="trials-title">{t('trials.title')}</h3>
      <p className={styles.hint}>{t('trials.hint')}</p>
      <ErrorNote error={error ?? end.error} />
      {data?.length === 0 && <StateNote kind="empty" title={t('trials.none')} />}
      <ul className={styles.periods}>
        {data?.map((one) => (
          <li key={one.fromMonth}>
            <span>
              {formats.period(one.fromMonth)}
              {one.toMonth !== one.fromMonth && ` – ${formats.period(one.toMonth)}`}
            </span>
            <span className={styles.soft}>{one.note}</span>
            {mayEdit && (
              <Popconfirm
                title={t('trials.removeConfirm')}
                okText={t('trials.remove')}
                cancelText={t('cancel')}
                onConfirm={() => end.mutate(one.fromMonth)}
              >
                <Button type="text" size="small">
                  {t('trials.remove')}
                </Button>
              </Popconfirm>
            )}
          </li>
        ))}
      </ul>
      {mayEdit && (
        <Form<TrialPeriod>
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ fromMonth: month, toMonth: month }}
          onFinish={add}
        >
          <div className={styles.grid}>
            <Form.Item name="fromMonth" label={t('trials.from')} rules={[{ required: true }]}>
              <Input type="month" />
            </Form.Item>
            <Form.Item
              name="toMonth"
              label={t('trials.to')}
              dependencies={['fromMonth']}
              rules={[
                ({ getFieldValue }) => ({
                  validator: (_, value: string) =>
                    value >= (getFieldValue('fromMonth') as string)
                      ? Promise.resolve()
                      : Promise.reject(new Error(t('trials.backwards'))),
                }),
              ]}
            >
              <Input type="month" />
            </Form.Item>
          </div>
          <Form.Item
            name="note"
            label={t('trials.note')}
            rules={[{ required: true, whitespace: true, message: t('rules.reasonMissing') }]}
          >
            <Input maxLength={400} />
          </Form.Item>
          <ErrorNote error={mark.error} />
          <Button htmlType="submit" loading={mark.isPending}>
            {t('trials.mark')}
          </Button>
        </Form>
      )}
    </section>
  );
}
