import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, TimelineEvent } from '#contract/cases';
import { StateNote } from '../../ui/state-note.tsx';
import { useFormats } from '../clock/use-formats.ts';
import { timelineQuery } from './api.ts';
import styles from './case-timeline.module.css';
import { EventWords } from './event-words.tsx';

/** All that happened, oldest first, as the log has it. */
export function CaseTimeline({ one }: { one: Pick<CaseDetail, 'id'> }) {
  const { t } = useTranslation('cases');
  const { data, error } = useQuery(timelineQuery(one.id));
  if (!data)
    return <StateNote kind={error ? 'error' : 'loading'} title={t(error ? 'timelineFailed' : 'loading')} />;
  return (
    <ol className={styles.events}>
      {data.events.map((event) => (
        <EventRow key={event.n} event={event} />
      ))}
    </ol>
  );
}

function EventRow({ event }: { event: TimelineEvent }) {
  const { t, i18n } = useTranslation('cases');
  const formats = useFormats();
  const { passed, approved, upheld } = event.payload;
  const actionKey = `did.${event.action}`;
  const stageKey = `stage.${event.toStage}`;
  const moved = event.fromStage !== event.toStage && i18n.exists(stageKey, { ns: 'cases' });
  const outcome = [
    typeof passed === 'boolean' && t(passed ? 'passed' : 'failed'),
    typeof approved === 'boolean' && t(approved ? 'log.approved' : 'log.refused'),
    typeof upheld === 'boolean' && t(upheld ? 'log.upheld' : 'log.notUpheld'),
  ].filter((word) => typeof word === 'string');
  return (
    <li className={styles.event}>
      <time className={styles.at} dateTime={event.at}>
        {formats.dateTime(Date.parse(event.at))}
      </time>
      <div className={styles.body}>
        <p>
          <strong>
            {i18n.exists(actionKey, { ns: 'cases' }) ? t(actionKey as 'did.dispatch') : event.action}
            {outcome.map((word) => ` · ${word}`)}
          </strong>
          {moved && <span className={styles.stage}> → {t(stageKey as 'stage.handling')}</span>}
          <span className={styles.actor}>{event.actor}</span>
        </p>
        <EventWords event={event} />
      </div>
      <code className={styles.hash} title={`${t('hash')} ${event.hash}`}>
        {event.hash.slice(0, 8)}
      </code>
    </li>
  );
}
