import { App, Button, Form, Input, InputNumber, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { EvaluationRules } from '#contract/evaluation';
import { ErrorNote } from '../access/error-note.tsx';
import { useMe } from '../access/use-me.ts';
import { modes } from './judgement-of.ts';
import { useSaveRules } from './rules-api.ts';
import styles from './rules-panel.module.css';

type Values = EvaluationRules & { reason: string };
const quotas = ['repeatQuota', 'postponementQuota', 'extensionQuota'] as const;

/** The switches of the evaluation. The quotas are shown in per cent and kept as fractions. */
export function RulesForm({ rules }: { rules: EvaluationRules }) {
  const { t } = useTranslation('evaluation');
  const { message } = App.useApp();
  const me = useMe();
  const save = useSaveRules();
  const [form] = Form.useForm<Values>();
  const mayEdit = me.role === 'evaluator' || me.role === 'administrator';
  const inPercent = {
    ...rules,
    ...Object.fromEntries(quotas.map((quota) => [quota, Number((rules[quota] * 100).toFixed(4))])),
  };
  const send = (values: Values) =>
    save.mutate(
      {
        ...values,
        reason: values.reason.trim(),
        repeatQuota: values.repeatQuota / 100,
        postponementQuota: values.postponementQuota / 100,
        extensionQuota: values.extensionQuota / 100,
      },
      { onSuccess: () => void message.success(t('rules.saved')) },
    );
  return (
    <section className={styles.section} aria-labelledby="rules-title">
      <h3 id="rules-title">{t('rules.title')}</h3>
      <p className={styles.hint}>{t('rules.hint')}</p>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={inPercent}
        disabled={!mayEdit}
        onFinish={send}
      >
        <Form.Item name="mode" label={t('rules.mode')} extra={t('rules.modeHint')}>
          <Radio.Group options={modes.map((value) => ({ value, label: t(`mode.${value}`) }))} />
        </Form.Item>
        <div className={styles.grid}>
          {quotas.map((quota) => (
            <Form.Item key={quota} name={quota} label={t(`rules.${quota}`)} rules={[{ required: true }]}>
              <InputNumber min={0} max={100} step={0.5} suffix="%" style={{ width: '100%' }} />
            </Form.Item>
          ))}
          <Form.Item name="minimumSample" label={t('rules.minimumSample')} rules={[{ required: true }]}>
            <InputNumber
              min={1}
              max={1000}
              precision={0}
              suffix={t('rules.cases')}
              style={{ width: '100%' }}
            />
          </Form.Item>
          <Form.Item name="contestDays" label={t('rules.contestDays')} rules={[{ required: true }]}>
            <InputNumber min={0} max={90} precision={0} suffix={t('rules.days')} style={{ width: '100%' }} />
          </Form.Item>
        </div>
        {mayEdit && (
          <>
            <Form.Item
              name="reason"
              label={t('rules.reason')}
              rules={[{ required: true, whitespace: true, message: t('rules.reasonMissing') }]}
            >
              <Input maxLength={400} />
            </Form.Item>
            <ErrorNote error={save.error} />
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {t('rules.save')}
            </Button>
          </>
        )}
      </Form>
    </section>
  );
}
