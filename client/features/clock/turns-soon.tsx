import { useTranslation } from 'react-i18next';
import { useNow } from '../../realtime/live-store.tsx';
import styles from './due-clock.module.css';
import type { Face } from './light-of-face.ts';
import { nextTurnOf } from './turns-of-face.ts';
import { useFormats } from './use-formats.ts';

interface TurnsSoonProps {
  face: Face;
  /** Says nothing while the turn is farther away than this. */
  withinSeconds?: number;
}

/** “Turns yellow in 12 min”: what the light does next, where somebody can still do something about it. */
export function TurnsSoon({ face, withinSeconds = 3_600 }: TurnsSoonProps) {
  const now = useNow(1000);
  const formats = useFormats();
  const { t } = useTranslation('clock');
  const turn = nextTurnOf(face, now);
  const seconds = turn === null ? Number.POSITIVE_INFINITY : Math.ceil((turn.at - now) / 1000);
  if (turn === null || seconds > withinSeconds) return null;
  return (
    <span className={styles.rests} title={formats.dateTime(turn.at)} data-turns={turn.to}>
      {t(turn.to === 'yellow' ? 'turnsYellow' : 'turnsRed', {
        duration: formats.duration(seconds, 'natural'),
      })}
    </span>
  );
}
