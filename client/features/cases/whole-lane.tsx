import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import type { WorkAxis } from '#clock/work-axis';
import { DueClock } from '../clock/due-clock.tsx';
import styles from './case-clock-bar.module.css';
import type { TimeScale } from './clock-scale.ts';
import { ClockStrip } from './clock-strip.tsx';

interface WholeLaneProps {
  one: Pick<CaseSummary, 'receivedAt' | 'closedAt' | 'whole' | 'timing'>;
  scale: TimeScale;
  now: number;
  workAxis: WorkAxis | undefined;
}

/** The whole case, from receipt to closing; a return or a second notice does not restart it. */
export function WholeLane({ one, scale, now }: WholeLaneProps) {
  const { t } = useTranslation('cases');
  const { whole } = one;
  return (
    <div role="listitem" className={styles.lane} data-whole="true">
      <span className={styles.label}>{t('wholeCase')}</span>
      <ClockStrip
        scale={scale}
        now={one.closedAt ? undefined : now}
        runs={[
          {
            key: 'whole',
            startedAt: Date.parse(one.receivedAt),
            until: one.closedAt ? Date.parse(one.closedAt) : now,
            runs: !one.closedAt,
            warnAt: whole.warnAt ? Date.parse(whole.warnAt) : null,
            dueAt: whole.dueAt ? Date.parse(whole.dueAt) : null,
            // Stopped for good or in an untimed stage: when its light turned is not known, only what it is.
            light: whole.dueAt ? undefined : 'none',
            rests: one.timing === 'working',
            changes: [],
          },
        ]}
      />
      <span className={styles.figures}>
        <DueClock face={whole} timing={one.timing} short />
      </span>
    </div>
  );
}
