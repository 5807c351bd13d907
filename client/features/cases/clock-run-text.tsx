import { useTranslation } from 'react-i18next';
import type { TimelineClock } from '#contract/cases';
import { useFormats } from '../clock/use-formats.ts';
import styles from './clock-run-text.module.css';
import type { ClockChange, ClockStory } from './clock-story.ts';

interface ClockRunTextProps {
  title: string;
  run: TimelineClock;
  story: ClockStory | undefined;
  used: number;
}

/** One run of a clock in words: from when to when, how much of what, by which rule, and every change. */
export function ClockRunText({ title, run, story, used }: ClockRunTextProps) {
  const { t } = useTranslation('cases');
  const formats = useFormats();
  const at = (text: string) => formats.dateTime(Date.parse(text));
  const duration = (seconds: number) => formats.duration(seconds, run.axis);
  const ruleText = rulesOf(run, story);
  const usedUp = run.limitSeconds !== undefined && run.usedBeforeSeconds >= run.limitSeconds;
  return (
    <div className={styles.text}>
      <p className={styles.title}>
        {title} <span className={styles.soft}>{t('round', { count: run.round })}</span>
      </p>
      <p>
        {run.endedAt
          ? t('clock.span', { from: at(run.startedAt), to: at(run.endedAt) })
          : t('clock.runs', { from: at(run.startedAt) })}
      </p>
      <p>
        {run.limitSeconds === undefined
          ? t('clock.usedUntimed', { used: duration(used) })
          : t('clock.used', { used: duration(used), limit: duration(run.limitSeconds) })}
        <span className={styles.soft}> {t(`clock.${run.axis}`)}</span>
      </p>
      {run.usedBeforeSeconds > 0 && <p>{t('clock.before', { duration: duration(run.usedBeforeSeconds) })}</p>}
      {run.dueAt && <p>{t('dueMark', { at: at(run.dueAt) })}</p>}
      {ruleText && (
        <p className={styles.rule}>
          {story?.ordinal !== undefined && `${t('clock.dispatches', { count: story.ordinal })} · `}
          {t(`clock.${ruleText}`)}
        </p>
      )}
      {usedUp && <p className={styles.rule}>{t('clock.atOnce')}</p>}
      {story?.changes.map((change) => (
        <p key={change.n} className={styles.rule}>
          <ChangeText change={change} axis={run.axis} />
        </p>
      ))}
    </div>
  );
}

/** The rule of a handling clock; logs of earlier versions do not name it, but what was used before does. */
function rulesOf(run: TimelineClock, story: ClockStory | undefined) {
  if (run.stage !== 'handling') return undefined;
  const rule = story?.rule ?? (run.usedBeforeSeconds > 0 ? 'accumulates' : 'restarts');
  return rule === 'whole-process' ? 'wholeProcess' : rule;
}

function ChangeText({ change, axis }: { change: ClockChange; axis: TimelineClock['axis'] }) {
  const { t } = useTranslation('cases');
  const formats = useFormats();
  const { before, after } = change;
  const when = (text: string | undefined) => (text ? formats.dateTime(Date.parse(text)) : '—');
  const limit = (seconds: number | undefined) =>
    seconds === undefined ? t('clock.stoppedUntimed') : formats.duration(seconds, axis);
  const at = when(change.at);
  const due = when(after.dueAt);
  const added =
    change.seconds ??
    (before?.limitSeconds !== undefined && after.limitSeconds !== undefined
      ? after.limitSeconds - before.limitSeconds
      : undefined);
  if (change.action === 'decide-request' && added !== undefined) {
    const text = { at, duration: formats.duration(added, axis), limit: limit(after.limitSeconds), due };
    return t('clock.extended', text);
  }
  if (change.action === 'recalculate') {
    return t('clock.recalculated', { at, before: when(before?.dueAt), after: due });
  }
  if (before?.limitSeconds !== after.limitSeconds) {
    const text = { at, before: limit(before?.limitSeconds), after: limit(after.limitSeconds), due };
    return `${t('clock.limitChanged', text)}${change.reason ? ` · ${change.reason}` : ''}`;
  }
  return t('clock.moved', { at, due });
}
