import { useMemo, useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import { lightOfCase } from '../../features/cases/case-light.ts';
import { useCasesLoaded, useNow } from '../../realtime/live-store.tsx';
import { StateNote } from '../../ui/state-note.tsx';
import { AreaCase } from './area-case.tsx';
import styles from './area-cases.module.css';

const PAGE = 20;

/** Late cases as cards with who holds them; the others on demand. */
export function AreaCases({ cases, onOpen }: { cases: CaseSummary[]; onOpen: (id: string) => void }) {
  const { t } = useTranslation(['area', 'cases']);
  const loaded = useCasesLoaded();
  const now = useNow(10_000);
  const [all, setAll] = useState(false);
  const [shown, setShown] = useState(PAGE);
  const late = useMemo(() => cases.filter((one) => lightOfCase(one, now) === 'red'), [cases, now]);
  const list = all ? cases : late;
  if (!loaded) return <StateNote kind="loading" title={t('cases:loading')} />;
  return (
    <section aria-label={t('cases')}>
      <header className={styles.head}>
        <h2 className={styles.title}>
          {all ? t('allCases', { count: cases.length }) : t('lateCases', { count: late.length })}
        </h2>
        <Button onClick={() => setAll(!all)}>{t(all ? 'onlyLate' : 'showAll')}</Button>
      </header>
      {list.length === 0 && <StateNote kind="empty" title={t('noneLate')} hint={t('noneLateHint')} />}
      <ul className={styles.cards}>
        {list.slice(0, shown).map((one) => (
          <li key={one.id}>
            <AreaCase one={one} onOpen={onOpen} />
          </li>
        ))}
      </ul>
      {list.length > shown && (
        <Button block size="large" onClick={() => setShown(shown + PAGE)}>
          {t('cases:more', { count: list.length - shown })}
        </Button>
      )}
    </section>
  );
}
