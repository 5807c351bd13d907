import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import { isOpen, lightOfCase } from '../../features/cases/case-light.ts';
import { useFormats } from '../../features/clock/use-formats.ts';
import { useDivisionName } from '../../features/grid/use-division-name.ts';
import { useName } from '../../i18n/use-language.ts';
import { useRecentChanges } from '../../realtime/live-store.tsx';
import { LightMark } from '../../ui/light-mark.tsx';
import { StateNote } from '../../ui/state-note.tsx';
import styles from './wall-changes.module.css';

const most = 14;

/** What changed last, newest on top; before anything has, the cases touched last. */
export function WallChanges({ cases, now }: { cases: CaseSummary[]; now: number }) {
  const { t } = useTranslation(['wall', 'cases', 'clock']);
  const recent = useRecentChanges(most);
  const lines = useMemo(() => {
    const seen = new Set(recent.map((change) => change.case.id));
    const earlier = cases
      .filter(({ id }) => !seen.has(id))
      .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
      .map((one) => ({ seq: 0, at: one.updatedAt, case: one }));
    return [...recent, ...earlier].slice(0, most);
  }, [recent, cases]);
  return (
    <>
      <h2 className={styles.title}>{t('changes')}</h2>
      {lines.length === 0 && <StateNote kind="empty" title={t('noChanges')} hint={t('noChangesHint')} />}
      <ol className={styles.lines}>
        {lines.map(({ seq, at, case: one }) => (
          <WallChange key={`${seq} ${one.id}`} at={at} one={one} now={now} fresh={seq > 0} />
        ))}
      </ol>
    </>
  );
}

interface WallChangeProps {
  at: string;
  one: CaseSummary;
  now: number;
  fresh: boolean;
}

function WallChange({ at, one, now, fresh }: WallChangeProps) {
  const { t } = useTranslation(['wall', 'cases', 'clock']);
  const name = useName();
  const divisionName = useDivisionName();
  const formats = useFormats();
  const light = isOpen(one) ? lightOfCase(one, now) : 'none';
  const instant = Date.parse(at);
  const isToday = formats.day(instant) === formats.day(now);
  return (
    <li className={styles.line} data-fresh={fresh}>
      <time className={styles.at} dateTime={at}>
        {isToday ? formats.minute(instant) : formats.nearTime(instant, now).split(' ')[0]}
      </time>
      <LightMark light={light} size={18} label={t(`clock:light.${light}`)} />
      <span className={styles.name}>{name(one.className)}</span>
      <span className={styles.stage}>{t(`cases:stage.${one.stage}`)}</span>
      <span className={styles.where}>
        {divisionName(one.subdistrictCode)} · {one.unit ? name(one.unit.name) : t('cases:noUnit')}
      </span>
    </li>
  );
}
