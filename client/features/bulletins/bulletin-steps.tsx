import { App, Button, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulletinSummary } from '#contract/evaluation';
import type { Role } from '#contract/access';
import { ErrorNote } from '../access/error-note.tsx';
import { useMe } from '../access/use-me.ts';
import { useStepBulletin, type BulletinStepName } from './api.ts';
import styles from './bulletin-steps.module.css';
import { stepsOf } from './steps-of.ts';

/** Where a bulletin is on its way, and what the signed-in person may do next. */
export function BulletinStepsBar({ bulletin }: { bulletin: BulletinSummary }) {
  const { t } = useTranslation('bulletins');
  const me = useMe();
  const [asked, setAsked] = useState<BulletinStepName>();
  const steps = stepsOf(bulletin.state, me.role satisfies Role);
  const way = ['draft', 'shared', 'reviewed', 'published'] as const;
  const reached = way.indexOf(bulletin.state as 'draft');
  return (
    <div className={styles.bar}>
      <ol className={styles.way} aria-label={t('way')}>
        {way.map((state, index) => (
          <li
            key={state}
            data-reached={index <= reached}
            aria-current={state === bulletin.state ? 'step' : undefined}
          >
            {t(`state.${state}`)}
          </li>
        ))}
      </ol>
      {steps.length > 0 && (
        <div className={styles.buttons}>
          {steps.map((step, index) => (
            <Button
              key={step}
              {...(index === 0 ? { type: 'primary' as const } : {})}
              data-step={step}
              onClick={() => setAsked(step)}
            >
              {t(`step.${step}`)}
            </Button>
          ))}
        </div>
      )}
      {asked && <StepDialog bulletin={bulletin} step={asked} onClose={() => setAsked(undefined)} />}
    </div>
  );
}

interface StepDialogProps {
  bulletin: BulletinSummary;
  step: BulletinStepName;
  onClose: () => void;
}

function StepDialog({ bulletin, step, onClose }: StepDialogProps) {
  const { t } = useTranslation('bulletins');
  const { message } = App.useApp();
  const [note, setNote] = useState('');
  const noteId = useId();
  const act = useStepBulletin(bulletin);
  // What was told to everybody is taken back with a reason only.
  const isNoteMissing = step === 'withdraw' && note.trim() === '';
  const go = () =>
    act.mutate(
      { step, ...(note.trim() === '' ? {} : { note: note.trim() }) },
      {
        onSuccess: () => {
          void message.success(t(`done.${step}`));
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={t(`step.${step}`)}
      onCancel={onClose}
      onOk={go}
      okText={t(`step.${step}`)}
      okButtonProps={{ disabled: isNoteMissing }}
      cancelText={t('cancel')}
      confirmLoading={act.isPending}
    >
      <div style={{ display: 'grid', gap: 12 }}>
        <p>{t(`stepHint.${step}`)}</p>
        <div>
          <label htmlFor={noteId}>{t(step === 'withdraw' ? 'reason' : 'noteOptional')}</label>
          <Input.TextArea
            id={noteId}
            rows={3}
            maxLength={4000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
        <ErrorNote error={act.error} />
      </div>
    </Modal>
  );
}
