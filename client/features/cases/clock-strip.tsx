import { Popover } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Light } from '#contract/shared';
import { LightMark } from '../../ui/light-mark.tsx';
import { useFormats } from '../clock/use-formats.ts';
import styles from './case-clock-bar.module.css';
import type { TimeScale } from './clock-scale.ts';
import { lightPartsOf } from './light-parts.ts';

export interface StripRun {
  key: string;
  startedAt: number;
  /** Where the part that has run ends. */
  until: number;
  runs: boolean;
  warnAt: number | null;
  dueAt: number | null;
  /** The light of all of it, where its turning is not known. */
  light?: Light | undefined;
  /** It does not run outside working time. */
  rests: boolean;
  /** When its limit or its deadline was changed. */
  changes: number[];
  /** What pressing it tells, with its name. */
  about?: { label: string; content: ReactNode };
}

interface ClockStripProps {
  scale: TimeScale;
  /** Undefined: the case is over, there is no now on it. */
  now: number | undefined;
  runs: StripRun[];
}

/** One lane of time with the runs of a clock on it. */
export function ClockStrip({ scale, now, runs }: ClockStripProps) {
  const percent = (at: number) => `${scale.position(at) * 100}%`;
  return (
    <div className={styles.strip}>
      {runs.map((run) => (
        <Run key={run.key} run={run} scale={scale} />
      ))}
      {now !== undefined && <span className={styles.now} style={{ left: percent(now) }} aria-hidden="true" />}
    </div>
  );
}

function Run({ run, scale }: { run: StripRun; scale: TimeScale }) {
  const { t } = useTranslation('cases');
  const formats = useFormats();
  const { startedAt, until, dueAt, warnAt } = run;
  const at = (instant: number) => scale.position(instant);
  const box = (from: number, to: number) => ({
    left: `${at(from) * 100}%`,
    width: `${Math.max(0, at(to) - at(from)) * 100}%`,
  });
  const parts = run.light
    ? [{ from: startedAt, to: until, light: run.light }]
    : lightPartsOf({ startedAt, until, warnAt, dueAt });
  const rests = run.rests
    ? scale.rests.filter(
        (rest) => rest.to > startedAt && rest.from < Math.max(until, run.runs ? (dueAt ?? 0) : 0),
      )
    : [];
  const marks = [
    { at: warnAt, light: 'yellow' as const, text: 'turnsYellow' as const },
    { at: dueAt, light: 'red' as const, text: 'dueMark' as const },
  ].filter((mark) => mark.at !== null && mark.at >= scale.from && (run.runs || mark.at <= until));
  const bar = (
    <>
      {run.runs && dueAt !== null && dueAt > until && (
        <span className={styles.ahead} style={box(until, dueAt)} />
      )}
      {parts.map((part) => (
        <span
          key={part.from}
          className={styles.part}
          data-light={part.light}
          style={box(part.from, part.to)}
        />
      ))}
      {rests.map((rest) => (
        <span
          key={rest.from}
          className={styles.rest}
          style={box(
            Math.max(rest.from, startedAt),
            Math.min(rest.to, Math.max(until, run.runs ? (dueAt ?? until) : until)),
          )}
        />
      ))}
    </>
  );
  return (
    <>
      {bar}
      {run.changes.map((change) => (
        <span
          key={change}
          className={styles.change}
          style={{ left: `${at(change) * 100}%` }}
          aria-hidden="true"
        />
      ))}
      {marks.map(({ at: instant, light, text }) => (
        <span key={light} className={styles.mark} style={{ left: `${at(instant ?? 0) * 100}%` }}>
          <LightMark light={light} size={9} label={t(text, { at: formats.dateTime(instant ?? 0) })} />
        </span>
      ))}
      {run.about && (
        <Popover content={run.about.content} trigger={['hover', 'click']} destroyOnHidden>
          <button
            type="button"
            className={styles.hit}
            aria-label={run.about.label}
            style={box(startedAt, until)}
          />
        </Popover>
      )}
    </>
  );
}
