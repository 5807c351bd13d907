import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import { useName } from '../../i18n/use-language.ts';
import { DueClock } from '../clock/due-clock.tsx';
import { TurnsSoon } from '../clock/turns-soon.tsx';
import { useDivisionName } from '../grid/use-division-name.ts';
import { attachmentUrl } from './api.ts';
import { CaseTags } from './case-tags.tsx';
import styles from './task-card.module.css';

interface TaskCardProps {
  one: CaseSummary;
  selected: boolean;
  /** What to do now, in one sentence. */
  toDo: string;
  /** How far it is from where one stands. */
  metres?: number | undefined;
  onSelect: (id: string) => void;
}

/** A task for a thumb: the light first, what and where, and what to do now. */
export function TaskCard({ one, selected, toDo, metres, onSelect }: TaskCardProps) {
  const { t } = useTranslation('cases');
  const name = useName();
  const divisionName = useDivisionName();
  return (
    <button
      type="button"
      className={styles.card}
      aria-current={selected}
      data-case={one.id}
      onClick={() => onSelect(one.id)}
    >
      <span className={styles.first}>
        <span>
          <DueClock face={one} timing={one.timing} short /> <TurnsSoon face={one} />
        </span>
        {metres !== undefined && <span className={styles.far}>{distance(metres, t)}</span>}
      </span>
      <span className={styles.name}>{name(one.className)}</span>
      <span className={styles.tags}>
        <CaseTags one={one} />
      </span>
      <span className={styles.where}>
        {divisionName(one.communityCode)} · {t('cell', { code: one.cell.code })}
      </span>
      {one.note && <span className={styles.note}>{one.note}</span>}
      <span className={styles.toDo}>{toDo}</span>
      {one.stillId && <img src={attachmentUrl(one.stillId)} alt="" loading="lazy" className={styles.still} />}
    </button>
  );
}

type CaseText = ReturnType<typeof useTranslation<'cases'>>['t'];

function distance(metres: number, t: CaseText): string {
  return metres < 1000
    ? t('metresAway', { count: Math.round(metres / 10) * 10 })
    : t('kilometresAway', { far: (metres / 1000).toFixed(1) });
}
