import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Report } from '#contract/reports';
import { useName } from '../../i18n/use-language.ts';
import { ErrorNote } from '../access/error-note.tsx';
import { useMe } from '../access/use-me.ts';
import { Ago } from '../clock/ago.tsx';
import { DueClock } from '../clock/due-clock.tsx';
import { ClassPicker } from '../dictionary/class-picker.tsx';
import { useDecideReport } from './api.ts';
import styles from './waiting-report.module.css';

/** One report: what it says, and the two ways out of it. */
export function WaitingReport({ report }: { report: Report }) {
  const { t } = useTranslation('desk');
  const me = useMe();
  const name = useName();
  const { message } = App.useApp();
  const decide = useDecideReport(report);
  const [asking, setAsking] = useState<'reason' | 'class' | null>(null);
  const [reason, setReason] = useState('');
  const mayDecide = ['administrator', 'intake-clerk', 'dispatcher', 'supervisor'].includes(me.role);
  const accept = (entry?: string) =>
    decide.mutate(
      { decision: 'accept', ...(entry ? { class: entry } : {}) },
      { onSuccess: () => void message.success(t('accepted')) },
    );
  return (
    <article className={styles.report}>
      <p className={styles.first}>
        <strong>{report.className ? name(report.className) : t('noClass')}</strong>
        <span className={styles.channel}>{t(`channel.${report.channel}`)}</span>
        <span className={styles.at}>
          <Ago at={report.receivedAt} />
        </span>
      </p>
      {report.text && <p className={styles.text}>{report.text}</p>}
      <DueClock face={report} timing={report.timing} short />
      {!report.position && <p className={styles.at}>{t('noPosition')}</p>}
      {mayDecide && (
        <div className={styles.buttons}>
          <Button
            type="primary"
            loading={decide.isPending}
            disabled={!report.position}
            onClick={() => (report.class ? accept() : setAsking('class'))}
          >
            {t('accept')}
          </Button>
          <Button onClick={() => setAsking(asking === 'reason' ? null : 'reason')}>{t('reject')}</Button>
        </div>
      )}
      {asking === 'class' && (
        <ClassPicker onPick={({ entry }) => accept(entry.id)} onCancel={() => setAsking(null)} />
      )}
      {asking === 'reason' && (
        <form
          className={styles.reason}
          onSubmit={(event) => {
            event.preventDefault();
            decide.mutate({ decision: 'reject', reason: reason.trim() });
          }}
        >
          <Input
            autoFocus
            value={reason}
            maxLength={1000}
            aria-label={t('rejectReason')}
            placeholder={t('rejectReason')}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button htmlType="submit" disabled={!reason.trim()}>
            {t('rejectConfirm')}
          </Button>
        </form>
      )}
      <ErrorNote error={decide.error} />
    </article>
  );
}
