import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, TimelineClock } from '#contract/cases';
import { secondsBetween, type Timing } from '#clock/deadline';
import type { WorkAxis } from '#clock/work-axis';
import { useNow } from '../../realtime/live-store.tsx';
import { LightMark } from '../../ui/light-mark.tsx';
import { StateNote } from '../../ui/state-note.tsx';
import { lightOfFace } from '../clock/light-of-face.ts';
import { useFormats } from '../clock/use-formats.ts';
import { useWorkAxis } from '../clock/use-work-axis.ts';
import { timelineQuery } from './api.ts';
import styles from './case-clocks.module.css';

/** Each run of each clock: how much of its limit it used, and its light. */
export function CaseClocks({ one }: { one: Pick<CaseDetail, 'id' | 'version'> }) {
  const { t } = useTranslation(['cases', 'clock']);
  const { data, error, refetch } = useQuery(timelineQuery(one.id));
  useEffect(() => {
    void refetch();
  }, [one.version, refetch]);
  if (!data)
    return <StateNote kind={error ? 'error' : 'loading'} title={t(error ? 'timelineFailed' : 'loading')} />;
  return (
    <ol className={styles.clocks}>
      {data.clocks.map((clock) => (
        <ClockRow key={`${clock.stage} ${clock.round} ${clock.startedAt}`} clock={clock} />
      ))}
    </ol>
  );
}

function ClockRow({ clock }: { clock: TimelineClock }) {
  const { t, i18n } = useTranslation(['cases', 'clock']);
  const now = useNow(1000);
  const workAxis = useWorkAxis();
  const formats = useFormats();
  const light = lightOfFace(clock, now);
  const used = clock.endedAt
    ? clock.usedSeconds
    : clock.usedBeforeSeconds + runningSeconds(clock, now, workAxis);
  const limit = clock.limitSeconds;
  const share = limit ? Math.min(1, used / limit) : 0;
  const stageKey = `stage.${clock.stage}`;
  return (
    <li className={styles.row} data-running={!clock.endedAt}>
      <LightMark light={light} label={t(`clock:light.${light}`)} />
      <span className={styles.stage}>
        {i18n.exists(stageKey, { ns: 'cases' }) ? t(stageKey as 'stage.handling') : clock.stage}
        {clock.round > 1 && <span className={styles.round}>{t('round', { count: clock.round })}</span>}
      </span>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.used} data-light={light} style={{ width: `${share * 100}%` }} />
      </span>
      <span className={styles.figures}>
        {formats.duration(used, clock.axis)}
        <span className={styles.limit}>
          {' / '}
          {limit === undefined ? t('clock:untimed') : formats.duration(limit, clock.axis)}
        </span>
      </span>
    </li>
  );
}

function runningSeconds(clock: TimelineClock, now: number, workAxis: WorkAxis | undefined): number {
  const startedAt = Date.parse(clock.startedAt);
  const inside = workAxis && startedAt >= workAxis.startsAt && now <= workAxis.endsAt;
  const timing: Timing =
    clock.axis === 'working' && inside ? { axis: 'working', workAxis } : { axis: 'natural' };
  return Math.max(0, secondsBetween(timing, startedAt, now));
}
