import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import { caseCountsQuery } from '../../features/cases/api.ts';
import { countLights } from '../../features/cases/case-light.ts';
import { divisionsQuery } from '../../features/grid/api.ts';
import { useName } from '../../i18n/use-language.ts';
import { LightBar } from '../../ui/light-bar.tsx';
import { LightMark } from '../../ui/light-mark.tsx';
import styles from './wall-counters.module.css';

const lights = ['red', 'yellow', 'green'] as const;

export function WallCounters({ cases, now }: { cases: CaseSummary[]; now: number }) {
  const { t } = useTranslation(['wall', 'clock']);
  const { data } = useQuery(caseCountsQuery);
  const counts = countLights(cases, now);
  return (
    <>
      <section className={styles.totals}>
        <p className={styles.open}>
          <span className={styles.huge}>{cases.length}</span>
          <span className={styles.word}>{t('open')}</span>
        </p>
        <dl className={styles.today}>
          <div>
            <dt>{t('filedToday')}</dt>
            <dd>{data?.filedToday ?? '—'}</dd>
          </div>
          <div>
            <dt>{t('closedToday')}</dt>
            <dd>{data?.closedToday ?? '—'}</dd>
          </div>
        </dl>
        <ul className={styles.lights}>
          {lights.map((light) => (
            <li key={light}>
              <LightMark light={light} size={26} label={t(`clock:light.${light}`)} />
              <span className={styles.number}>{counts[light]}</span>
              <span className={styles.word}>{t(`clock:light.${light}`)}</span>
            </li>
          ))}
        </ul>
      </section>
      <Subdistricts cases={cases} now={now} />
    </>
  );
}

/** Every subdistrict with its open cases, those with the most late ones on top; as many as fit. */
function Subdistricts({ cases, now }: { cases: CaseSummary[]; now: number }) {
  const { t } = useTranslation(['wall', 'clock']);
  const name = useName();
  const { data } = useQuery(divisionsQuery);
  const tenSeconds = Math.floor(now / 10_000) * 10_000;
  const rows = useMemo(() => {
    const groups = new Map<string, CaseSummary[]>();
    for (const one of cases) {
      const group = groups.get(one.subdistrictCode);
      if (group) group.push(one);
      else groups.set(one.subdistrictCode, [one]);
    }
    return (data ?? [])
      .filter(({ level }) => level === 'subdistrict')
      .map(({ code, name: names }) => {
        const own = groups.get(code) ?? [];
        return { code, names, open: own.length, lights: countLights(own, tenSeconds) };
      })
      .sort((a, b) => b.lights.red - a.lights.red || b.open - a.open || (a.code < b.code ? -1 : 1));
  }, [data, cases, tenSeconds]);
  const most = Math.max(1, ...rows.map(({ open }) => open));
  return (
    <section className={styles.subdistricts} aria-label={t('bySubdistrict')}>
      <h2 className={styles.title}>{t('bySubdistrict')}</h2>
      <ol className={styles.rows}>
        {rows.map(({ code, names, open, lights: own }) => (
          <li key={code} className={styles.row}>
            <span className={styles.name}>{name(names)}</span>
            <LightBar counts={own} most={most} />
            <span className={styles.count}>
              {own.red > 0 && (
                <>
                  <LightMark light="red" size={14} label={t('clock:light.red')} /> {own.red}
                  {' / '}
                </>
              )}
              {open}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
