import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '#contract/cases';
import { useName } from '../../i18n/use-language.ts';
import { Ago } from '../clock/ago.tsx';
import { DueClock } from '../clock/due-clock.tsx';
import { TurnsSoon } from '../clock/turns-soon.tsx';
import styles from './case-header.module.css';
import { CaseFlags, flagKeys } from './case-flags.tsx';
import { CaseLinks } from './case-links.tsx';
import { CaseTags } from './case-tags.tsx';
import { isOpen } from './case-light.ts';

export function CaseHeader({ one }: { one: CaseDetail }) {
  const { t } = useTranslation('cases');
  const name = useName();
  // The whole case's deadline is projected along the time of its current stage (R3).
  const supervisionTiming = one.urgent ? 'natural' : 'working';
  return (
    <header className={styles.header}>
      <p className={styles.number}>
        {one.number}
        <CaseTags one={one} />
      </p>
      <h1 className={styles.name}>
        {name(one.className)}
        <span className={styles.condition}>{name(one.condition.condition)}</span>
      </h1>
      <p className={styles.where}>
        {one.divisionNames.map(name).join(' · ')} · {t('cell', { code: one.cell.code })}
        {one.part && ` · ${t('part', { code: one.part.code })}`}
      </p>
      <dl className={styles.facts}>
        <div>
          <dt>{t('stageNow')}</dt>
          <dd>
            <strong>{t(`stage.${one.stage}`)}</strong>
            {isOpen(one) && <DueClock face={one} timing={one.timing} />}
            {isOpen(one) && <TurnsSoon face={one} />}
          </dd>
        </div>
        <div>
          <dt>{t('wholeCase')}</dt>
          <dd>
            <DueClock face={one.whole} timing={one.timing} />
          </dd>
        </div>
        {one.supervision && isOpen(one) && (
          <div>
            <dt>{t('supervision')}</dt>
            <dd>
              <DueClock face={one.supervision} timing={supervisionTiming} />
            </dd>
          </div>
        )}
        <div>
          <dt>{t('heldBy')}</dt>
          <dd>
            {one.unit ? (
              <>
                {name(one.unit.name)}
                {one.unit.phone && <a href={`tel:${one.unit.phone}`}>{one.unit.phone}</a>}
              </>
            ) : (
              t('centre')
            )}
            <span className={styles.since}>
              <Ago at={one.stageSince} />
            </span>
          </dd>
        </div>
        {one.stage === 'check' && (
          <div>
            <dt>{t('checkedBy')}</dt>
            <dd>{one.checker ? name(one.checker.name) : t('anyChecker')}</dd>
          </div>
        )}
        {flagKeys.some((key) => one.flags[key]) && (
          <div>
            <dt>{t('flags')}</dt>
            <dd>
              <CaseFlags flags={one.flags} />
            </dd>
          </div>
        )}
      </dl>
      <CaseLinks one={one} />
      {one.note && <p className={styles.note}>{one.note}</p>}
    </header>
  );
}
