import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import { countLights } from '../../features/cases/case-light.ts';
import { LightCounts } from '../../features/cases/light-counts.tsx';
import { divisionsQuery } from '../../features/grid/api.ts';
import { useName } from '../../i18n/use-language.ts';
import { useNow } from '../../realtime/live-store.tsx';
import { LightBar } from '../../ui/light-bar.tsx';
import styles from './sub-areas.module.css';

/** Shown before the others are asked for: the late cases below matter more. */
const few = 4;

interface SubAreasProps {
  parentCode: string;
  cases: CaseSummary[];
  onEnter: (code: string) => void;
}

/** The divisions below, those with the most late cases first; those without a case are only counted. */
export function SubAreas({ parentCode, cases, onEnter }: SubAreasProps) {
  const { t } = useTranslation('area');
  const name = useName();
  const now = useNow(10_000);
  const [all, setAll] = useState(false);
  const { data } = useQuery(divisionsQuery);
  const rows = useMemo(() => {
    const below = data?.filter((division) => division.parentCode === parentCode) ?? [];
    return below
      .map(({ code, name: names }) => {
        const own = cases.filter(({ communityCode }) => communityCode.startsWith(code));
        return { code, names, open: own.length, lights: countLights(own, now) };
      })
      .sort((a, b) => b.lights.red - a.lights.red || b.open - a.open);
  }, [data, parentCode, cases, now]);
  const busy = rows.filter(({ open }) => open > 0);
  if (rows.length === 0) return null;
  const most = Math.max(1, ...busy.map(({ open }) => open));
  return (
    <section aria-label={t('subAreas')}>
      <h2 className={styles.title}>{t('subAreas')}</h2>
      <ul className={styles.rows}>
        {(all ? busy : busy.slice(0, few)).map(({ code, names, open, lights }) => (
          <li key={code}>
            <button type="button" className={styles.row} onClick={() => onEnter(code)}>
              <span className={styles.name}>{name(names)}</span>
              <span className={styles.open}>{t('openCount', { count: open })}</span>
              <LightBar counts={lights} most={most} />
              <LightCounts counts={lights} />
            </button>
          </li>
        ))}
      </ul>
      {busy.length > few && (
        <Button type="text" block aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('fewer') : t('moreAreas', { count: busy.length - few })}
        </Button>
      )}
      {(all || busy.length <= few) && rows.length > busy.length && (
        <p className={styles.quiet}>{t('quiet', { count: rows.length - busy.length })}</p>
      )}
    </section>
  );
}
