import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import { DueClock } from '../../features/clock/due-clock.tsx';
import { useDivisionName } from '../../features/grid/use-division-name.ts';
import { useName } from '../../i18n/use-language.ts';
import styles from './wall-visit.module.css';

/** What the wall has flown to. */
export function WallVisit({ one }: { one: CaseSummary }) {
  const { t } = useTranslation(['wall', 'cases']);
  const name = useName();
  const divisionName = useDivisionName();
  return (
    <section className={styles.visit} aria-label={t('visit')}>
      <p className={styles.first}>
        <strong>{name(one.className)}</strong>
        <DueClock face={one} timing={one.timing} short />
      </p>
      <p className={styles.second}>
        {divisionName(one.subdistrictCode)} {divisionName(one.communityCode)} ·{' '}
        {one.unit ? name(one.unit.name) : t('cases:centre')} · {t(`cases:stage.${one.stage}`)}
      </p>
    </section>
  );
}
