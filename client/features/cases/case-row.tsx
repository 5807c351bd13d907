import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import { useName } from '../../i18n/use-language.ts';
import { DueClock } from '../clock/due-clock.tsx';
import { useDivisionName } from '../grid/use-division-name.ts';
import styles from './case-row.module.css';
import { CaseTags } from './case-tags.tsx';

interface CaseRowProps {
  one: CaseSummary;
  selected?: boolean;
  onSelect: (id: string) => void;
}

/** A case as a line of a queue: what, where, with whom, how long. */
export function CaseRow({ one, selected = false, onSelect }: CaseRowProps) {
  const name = useName();
  const divisionName = useDivisionName();
  const { t } = useTranslation('cases');
  return (
    <button
      type="button"
      className={styles.row}
      aria-current={selected}
      data-case={one.id}
      onClick={() => onSelect(one.id)}
    >
      <span className={styles.first}>
        <span className={styles.name}>{name(one.className)}</span>
        <CaseTags one={one} />
        <span className={styles.stage}>{t(`stage.${one.stage}`)}</span>
      </span>
      <DueClock face={one} timing={one.timing} short />
      <span className={styles.where}>
        {divisionName(one.communityCode)} · {one.unit ? name(one.unit.name) : t('noUnit')}
      </span>
    </button>
  );
}
