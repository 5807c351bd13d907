import { useTranslation } from 'react-i18next';
import { LightMark } from '../../ui/light-mark.tsx';
import { useNow } from '../../realtime/live-store.tsx';
import styles from './due-clock.module.css';
import { factsOfFace, type FaceFacts } from './face-facts.ts';
import type { Face } from './light-of-face.ts';
import { useFormats, type Formats } from './use-formats.ts';
import { useWorkAxis } from './use-work-axis.ts';

interface DueClockProps {
  face: Face;
  timing: 'natural' | 'working';
  /** `short`: light and figure alone, for dense lists. */
  short?: boolean;
}

/** A light with its countdown: in working time, and when it resumes while it rests. */
export function DueClock({ face, timing, short = false }: DueClockProps) {
  const now = useNow(1000);
  const workAxis = useWorkAxis();
  const formats = useFormats();
  const { t } = useTranslation('clock');
  const facts = factsOfFace(face, timing, now, workAxis);
  const rests = facts.resumesAt === null ? '' : t('resumes', { at: formats.nearTime(facts.resumesAt, now) });
  const dueTitle = face.dueAt ? t('dueAt', { at: formats.dateTime(Date.parse(face.dueAt)) }) : undefined;
  return (
    <span className={styles.clock} title={dueTitle}>
      <LightMark light={facts.light} label={t(`light.${facts.light}`)} />
      <span className={styles.figure} data-light={facts.light}>
        {facts.leftSeconds === null && facts.light !== 'none'
          ? t(`light.${facts.light}`)
          : figureOf(facts, formats, t)}
      </span>
      {rests && !face.endedAt && !(short && facts.light === 'red') && (
        <span className={styles.rests}>{rests}</span>
      )}
    </span>
  );
}

type ClockText = ReturnType<typeof useTranslation<'clock'>>['t'];

function figureOf({ leftSeconds, axis }: FaceFacts, formats: Formats, t: ClockText): string {
  if (leftSeconds === null) return t('untimed');
  const duration = formats.duration(Math.abs(leftSeconds), axis);
  return leftSeconds < 0 ? t('over', { duration }) : t('left', { duration });
}
