import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import { lightOfCase } from '../../features/cases/case-light.ts';
import { CaseTags } from '../../features/cases/case-tags.tsx';
import { UrgeButton } from '../../features/cases/urge-button.tsx';
import { useOpenCases } from '../../features/cases/use-open-cases.ts';
import { DueClock } from '../../features/clock/due-clock.tsx';
import { useDivisionName } from '../../features/grid/use-division-name.ts';
import { useName } from '../../i18n/use-language.ts';
import { useCasesLoaded, useNow } from '../../realtime/live-store.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StateNote } from '../../ui/state-note.tsx';
import styles from './overdue-cases.module.css';

/** Late cases, the longest late first; those in a unit's hands are urged by one key. */
export function OverdueCases({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useTranslation(['supervision', 'cases']);
  const loaded = useCasesLoaded();
  const open = useOpenCases();
  const now = useNow(10_000);
  const late = useMemo(() => open.filter((one) => lightOfCase(one, now) === 'red'), [open, now]);
  const scroller = useRef<HTMLUListElement>(null);
  // The compiler cannot follow what the virtualizer keeps outside React; nothing here is memoised by it.
  // eslint-disable-next-line react-hooks/incompatible-library
  const rows = useVirtualizer({
    count: late.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 92,
    overscan: 8,
    getItemKey: (index) => late[index]?.id ?? index,
  });
  return (
    <Panel title={t('overdue', { count: late.length })} flush>
      {late.length === 0 && (
        <StateNote kind={loaded ? 'empty' : 'loading'} title={t(loaded ? 'nothingLate' : 'cases:loading')} />
      )}
      <ul ref={scroller} className={styles.list}>
        <li role="presentation" aria-hidden="true" style={{ height: rows.getTotalSize() }} />
        {rows.getVirtualItems().map(({ index, start, size }) => {
          const one = late[index];
          return (
            one && (
              <li
                key={one.id}
                className={styles.item}
                style={{ height: size, transform: `translateY(${start}px)` }}
                data-late={one.id}
              >
                <LateCase one={one} onOpen={() => onOpen(one.id)} />
              </li>
            )
          );
        })}
      </ul>
    </Panel>
  );
}

function LateCase({ one, onOpen }: { one: CaseSummary; onOpen: () => void }) {
  const { t } = useTranslation('cases');
  const name = useName();
  const divisionName = useDivisionName();
  return (
    <>
      <div className={styles.words}>
        <p className={styles.line}>
          <button type="button" className={styles.open} onClick={onOpen}>
            {name(one.className)}
          </button>
          <CaseTags one={one} />
        </p>
        <p className={styles.line}>
          <DueClock face={one} timing={one.timing} short />
          <span>{t(`stage.${one.stage}`)}</span>
        </p>
        <p className={styles.soft}>
          {divisionName(one.communityCode)} · {one.unit ? name(one.unit.name) : t('centre')}
        </p>
      </div>
      <UrgeButton one={one} />
    </>
  );
}
