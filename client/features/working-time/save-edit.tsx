import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '#contract/jobs';
import type { Recalculation } from '#contract/working-time';
import { ErrorNote } from '../access/error-note.tsx';
import { useFormats } from '../clock/use-formats.ts';
import { jobQuery } from '../jobs/api.ts';
import { JobProgressBar } from '../jobs/job-progress.tsx';
import { usePreviewEdit, useSaveEdit } from './api.ts';
import { isEmpty, toEdit, type Draft } from './draft.ts';
import styles from './working-time.module.css';

interface SaveEditProps {
  draft: Draft;
  version: string;
  /** Saved, or taken back. */
  onDone: () => void;
}

/** First what would move, then saving; then how far the open clocks are. */
export function SaveEdit({ draft, version, onDone }: SaveEditProps) {
  const { t } = useTranslation('working-time');
  const [reason, setReason] = useState('');
  const preview = usePreviewEdit();
  const save = useSaveEdit();
  const [previewed, setPreviewed] = useState<Draft>();
  const told = previewed === draft ? preview.data : undefined;
  const text = reason.trim();
  const look = () => {
    preview.mutate(toEdit(draft, version, text), { onSuccess: () => setPreviewed(draft) });
  };
  const keep = () => {
    save.mutate(toEdit(draft, version, text), {
      onSuccess: () => {
        setReason('');
        onDone();
      },
    });
  };
  return (
    <section className={styles.block} aria-live="polite">
      {!isEmpty(draft) && (
        <>
          <h3 className={styles.head}>{t('save')}</h3>
          <Input.TextArea
            aria-label={t('reason')}
            placeholder={t('reason')}
            value={reason}
            maxLength={400}
            autoSize={{ minRows: 2 }}
            onChange={({ target }) => setReason(target.value)}
          />
          <div className={styles.line}>
            <Button disabled={!text} loading={preview.isPending} onClick={look}>
              {t('preview')}
            </Button>
            <Button
              type="primary"
              disabled={!text || !told?.changed}
              loading={save.isPending}
              onClick={keep}
              title={told ? undefined : t('previewFirst')}
            >
              {t('saveNow')}
            </Button>
            <Button type="text" onClick={onDone}>
              {t('discard')}
            </Button>
          </div>
          {told && !told.changed && <p className={styles.soft}>{t('nothingChanges')}</p>}
          {told?.recalculation && <Moves told={told.recalculation} would />}
        </>
      )}
      <ErrorNote error={preview.error ?? save.error} />
      {save.data?.job && <Running job={save.data.job} />}
    </section>
  );
}

function Running({ job }: { job: Job }) {
  const { data = job } = useQuery(jobQuery(job.id));
  if (data.state === 'done') return <Moves told={data.result as Recalculation} />;
  return <JobProgressBar job={data} />;
}

/** Which cases move, the most moved first. */
function Moves({ told, would = false }: { told: Recalculation; would?: boolean }) {
  const { t } = useTranslation('working-time');
  const formats = useFormats();
  const at = (instant: string | undefined) => (instant ? formats.dateTime(Date.parse(instant)) : '—');
  return (
    <div>
      <p>
        {t(would ? 'wouldMove' : 'moved', {
          moved: told.casesMoved,
          read: told.casesRead,
          red: told.turnedRed,
          green: told.turnedGreen,
        })}
      </p>
      {told.moves.length > 0 && (
        <ul className={styles.moves} tabIndex={0} aria-label={t('movedCases')}>
          {told.moves.map(({ caseId, number, from, to }) => (
            <li key={caseId}>
              <a href={`/cases/${caseId}`}>{number}</a>
              <span>
                {at(from)} → {at(to)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
