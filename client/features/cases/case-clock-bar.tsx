import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '#contract/cases';
import { useNow } from '../../realtime/live-store.tsx';
import { StateNote } from '../../ui/state-note.tsx';
import { clockQuery } from '../clock/api.ts';
import { useFormats } from '../clock/use-formats.ts';
import { useWorkAxis } from '../clock/use-work-axis.ts';
import { timelineQuery } from './api.ts';
import styles from './case-clock-bar.module.css';
import { ClockLaneRow } from './clock-lane-row.tsx';
import { extentOf, laneClocks } from './clock-lanes.ts';
import { layOutScale, ticksOf, type TimeScale } from './clock-scale.ts';
import { tellClockStories } from './clock-story.ts';
import { WholeLane } from './whole-lane.tsx';

type Scale = 'calendar' | 'working';
type TimedCase = Pick<
  CaseDetail,
  'id' | 'version' | 'receivedAt' | 'closedAt' | 'whole' | 'timing' | 'urgent' | 'light'
>;

/**
 * Every run of every clock of a case on one strip of time: its rests, what its light was, when it was or is due, which
 * rule set it and what moved it; the whole case above all.
 */
export function CaseClockBar({ one }: { one: TimedCase }) {
  const { t } = useTranslation('cases');
  const now = useNow(1000);
  const workAxis = useWorkAxis();
  const formats = useFormats();
  const timeZone = useQuery(clockQuery).data?.timeZone ?? 'Asia/Shanghai';
  const { data, error, refetch } = useQuery(timelineQuery(one.id));
  const [chosen, setChosen] = useState<Scale>();
  useEffect(() => {
    void refetch();
  }, [one.version, refetch]);
  const lanes = useMemo(() => laneClocks(data?.clocks ?? []), [data]);
  const stories = useMemo(() => tellClockStories(data?.events ?? []), [data]);
  if (!data)
    return <StateNote kind={error ? 'error' : 'loading'} title={t(error ? 'timelineFailed' : 'loading')} />;
  const kind = chosen ?? (one.urgent ? 'calendar' : 'working');
  const scale = layOutScale(extentOf(one, data.clocks, now), workAxis, kind);
  const place = { scale, now, workAxis };
  return (
    <div className={styles.bar}>
      <div className={styles.head}>
        <Segmented<Scale>
          size="small"
          aria-label={t('showAt')}
          value={kind}
          onChange={setChosen}
          options={[
            { value: 'working', label: t('scaleWorking') },
            { value: 'calendar', label: t('scaleCalendar') },
          ]}
        />
        {scale.rests.length > 0 && (
          <span className={styles.legend}>
            <span className={styles.hatch} aria-hidden="true" /> {t('restsLegend')}
          </span>
        )}
      </div>
      <div className={styles.lanes} role="list" aria-label={t('clocks')}>
        <div className={styles.ruler} aria-hidden="true">
          <div className={styles.strip}>
            {ticksToShow(scale, timeZone).map(({ at, isDay }) => (
              <span key={at} className={styles.tick} style={{ left: `${scale.position(at) * 100}%` }}>
                {isDay ? formats.day(at) : formats.minute(at)}
              </span>
            ))}
          </div>
        </div>
        <WholeLane one={one} {...place} />
        {lanes.map((lane) => (
          <ClockLaneRow key={lane.key} lane={lane} stories={stories} {...place} />
        ))}
      </div>
    </div>
  );
}

/** Ticks whose words would not run into each other. */
function ticksToShow(scale: TimeScale, timeZone: string) {
  let last = Number.NEGATIVE_INFINITY;
  return ticksOf(scale, timeZone).filter(({ at }) => {
    const place = scale.position(at);
    if (place - last < 0.11 || place > 0.93) return false;
    last = place;
    return true;
  });
}
