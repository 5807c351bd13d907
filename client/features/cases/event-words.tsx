import { useTranslation } from 'react-i18next';
import type { TimelineEvent } from '#contract/cases';
import { ReturnReason } from '#contract/requests';
import { useFormats } from '../clock/use-formats.ts';
import styles from './case-timeline.module.css';
import { movedIn, type LoggedClock } from './clock-story.ts';
import { useStageName } from './use-stage-name.ts';
import { useUnitName } from './use-unit-name.ts';

/** What an event carried, in words: to whom, by which count, for how long, and why. */
export function EventWords({ event }: { event: TimelineEvent }) {
  const { t } = useTranslation('cases');
  const formats = useFormats();
  const unitName = useUnitName();
  const { payload } = event;
  const text = (key: string) => (typeof payload[key] === 'string' ? payload[key] : undefined);
  const count = (key: string) => (typeof payload[key] === 'number' ? payload[key] : undefined);
  const unit = text('unit');
  const cause = (['new', 'return', 'repeat'] as const).find((one) => one === payload['cause']);
  const ordinal = count('ordinal');
  const seconds = count('seconds');
  const reasonCode = ReturnReason.anyOf.find(({ const: code }) => code === payload['reasonCode'])?.const;
  const assistants = namesIn(payload['assistants']).map(unitName);
  const words = [
    unit !== undefined && t('log.to', { unit: unitName(unit) }),
    cause && cause !== 'new' && t(`log.cause.${cause}`),
    ordinal !== undefined && ordinal > 1 && t('clock.dispatches', { count: ordinal }),
    assistants.length > 0 && t('log.assistants', { units: assistants.join('、') }),
    reasonCode && t(`returnReason.${reasonCode}`),
    seconds !== undefined && formats.duration(seconds, axisOf(event)),
    text('mergedFrom') !== undefined && t('log.mergedFrom', { number: text('mergedFrom') ?? '' }),
    count('reports') !== undefined && t('log.reports', { count: count('reports') ?? 0 }),
    payload['wants'] === 'left-out' && t('log.wantsLeftOut'),
    payload['wants'] === 'in-time' && t('log.wantsInTime'),
    payload['ruling'] === 'left-out' && t('log.leftOut'),
    payload['ruling'] === 'in-time' && t('log.inTime'),
    text('period') !== undefined && t('log.period', { period: text('period') ?? '' }),
  ].filter((word) => typeof word === 'string');
  const reason = text('reason');
  const note = text('note');
  return (
    <>
      {words.length > 0 && <p className={styles.text}>{words.join(' · ')}</p>}
      {reason !== undefined && <p className={styles.text}>{t('reasonIs', { reason })}</p>}
      {note !== undefined && <p className={styles.text}>{note}</p>}
      <ClockWords event={event} />
    </>
  );
}

/** Which clocks the event stopped, started or moved. */
function ClockWords({ event }: { event: TimelineEvent }) {
  const { t } = useTranslation('cases');
  const formats = useFormats();
  const stageName = useStageName();
  const limitOf = ({ limitSeconds, ...clock }: LoggedClock) =>
    limitSeconds === undefined ? '' : formats.duration(limitSeconds, clockAxis(clock));
  const due = ({ dueAt }: LoggedClock) => (dueAt ? formats.dateTime(Date.parse(dueAt)) : '—');
  const lines = [
    ...movedIn(event, 'stopped').map((clock) =>
      t('log.clockStopped', {
        stage: stageName(clock.stage),
        used: formats.duration(clock.usedSeconds ?? 0, clockAxis(clock)),
      }),
    ),
    ...movedIn(event, 'started').map((clock) =>
      clock.limitSeconds === undefined
        ? t('log.clockStartedUntimed', { stage: stageName(clock.stage) })
        : t('log.clockStarted', { stage: stageName(clock.stage), limit: limitOf(clock), due: due(clock) }),
    ),
    ...movedIn(event, 'changed').map((clock) =>
      t('log.clockChanged', { stage: stageName(clock.stage), limit: limitOf(clock), due: due(clock) }),
    ),
  ];
  if (lines.length === 0) return null;
  return <p className={styles.clocks}>{lines.join(' · ')}</p>;
}

/** Seconds of a request are those of the handling clock, which the log tells of when it moves. */
function axisOf(event: TimelineEvent): 'natural' | 'working' {
  const moved = [...movedIn(event, 'changed'), ...movedIn(event, 'started')];
  return moved.some((clock) => clockAxis(clock) === 'natural') ? 'natural' : 'working';
}

function clockAxis(clock: object): 'natural' | 'working' {
  return 'axis' in clock && clock.axis === 'natural' ? 'natural' : 'working';
}

/** Codes of units, given alone or as things that carry one. */
function namesIn(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => {
    if (typeof one === 'string') return [one];
    const code = typeof one === 'object' && one !== null && 'code' in one ? one.code : undefined;
    return typeof code === 'string' ? [code] : [];
  });
}
