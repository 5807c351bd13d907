import { useTranslation } from 'react-i18next';
import type { TimelineClock } from '#contract/cases';
import { secondsBetween, type Timing } from '#clock/deadline';
import type { WorkAxis } from '#clock/work-axis';
import { LightMark } from '../../ui/light-mark.tsx';
import { lightOfFace } from '../clock/light-of-face.ts';
import { useFormats } from '../clock/use-formats.ts';
import styles from './case-clock-bar.module.css';
import type { ClockLane } from './clock-lanes.ts';
import { ClockRunText } from './clock-run-text.tsx';
import type { TimeScale } from './clock-scale.ts';
import { storyKey, type ClockStory } from './clock-story.ts';
import { ClockStrip } from './clock-strip.tsx';
import { useStageName } from './use-stage-name.ts';
import { useUnitName } from './use-unit-name.ts';

interface ClockLaneRowProps {
  lane: ClockLane;
  stories: Map<string, ClockStory>;
  scale: TimeScale;
  now: number;
  workAxis: WorkAxis | undefined;
}

/** All runs of one clock of one unit: the rounds beside each other, and what the last of them has used. */
export function ClockLaneRow({ lane, stories, scale, now, workAxis }: ClockLaneRowProps) {
  const { t } = useTranslation(['cases', 'clock']);
  const formats = useFormats();
  const stageName = useStageName();
  const unitName = useUnitName();
  const last = lane.runs.at(-1);
  if (!last) return null;
  const title = [stageName(lane.stage), lane.unitCode && unitName(lane.unitCode)].filter(Boolean).join(' · ');
  const light = lightOfFace(last, now);
  const limit = last.limitSeconds;
  return (
    <div role="listitem" className={styles.lane} data-running={!last.endedAt} data-stage={lane.stage}>
      <span className={styles.label}>
        <span className={styles.stage}>{stageName(lane.stage)}</span>
        {lane.runs.length > 1 && (
          <span className={styles.round}>{t('round', { count: lane.runs.length })}</span>
        )}
        {lane.unitCode && lane.stage === 'handling' && (
          <span className={styles.unit}>{unitName(lane.unitCode)}</span>
        )}
      </span>
      <ClockStrip
        scale={scale}
        now={now <= scale.to && !last.endedAt ? now : undefined}
        runs={lane.runs.map((run) => {
          const story = stories.get(storyKey(run));
          return {
            key: run.startedAt,
            startedAt: Date.parse(run.startedAt),
            until: run.endedAt ? Date.parse(run.endedAt) : now,
            runs: !run.endedAt,
            warnAt: run.warnAt ? Date.parse(run.warnAt) : null,
            dueAt: run.dueAt ? Date.parse(run.dueAt) : null,
            rests: run.axis === 'working',
            changes: story?.changes.map(({ at }) => Date.parse(at)) ?? [],
            about: {
              label: `${title} ${t('round', { count: run.round })} ${t(`clock:light.${lightOfFace(run, now)}`)}`,
              content: (
                <ClockRunText title={title} run={run} story={story} used={usedOf(run, now, workAxis)} />
              ),
            },
          };
        })}
      />
      <span className={styles.figures}>
        <LightMark light={light} label={t(`clock:light.${light}`)} />
        {formats.duration(usedOf(last, now, workAxis), last.axis)}
        <span className={styles.limit}>
          {' / '}
          {limit === undefined ? t('clock:untimed') : formats.duration(limit, last.axis)}
        </span>
      </span>
    </div>
  );
}

/** Seconds of the clock's own time, those before this run included. */
function usedOf(run: TimelineClock, now: number, workAxis: WorkAxis | undefined): number {
  if (run.endedAt) return run.usedSeconds;
  const startedAt = Date.parse(run.startedAt);
  const inside = workAxis && startedAt >= workAxis.startsAt && now <= workAxis.endsAt;
  const timing: Timing =
    run.axis === 'working' && inside ? { axis: 'working', workAxis } : { axis: 'natural' };
  if (run.axis === 'working' && !inside) return run.usedSeconds;
  return run.usedBeforeSeconds + Math.max(0, secondsBetween(timing, startedAt, now));
}
