import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useName } from '../../i18n/use-language.ts';
import { StateNote } from '../../ui/state-note.tsx';
import { useServerDay } from '../clock/use-server-day.ts';
import { useDivisionName } from '../grid/use-division-name.ts';
import { coverageQuery } from './api.ts';
import styles from './duty-coverage.module.css';

const OVERLAPS_SHOWN = 100;

/** Classes that nobody answers for, by area, and those where two duties stand equal. */
export function DutyCoverageView() {
  const { t } = useTranslation('admin');
  const name = useName();
  const divisionName = useDivisionName();
  const today = useServerDay();
  const { data, isPending, isError, refetch } = useQuery(coverageQuery(today));
  if (isPending) return <StateNote kind="loading" title={t('loading')} />;
  if (isError)
    return (
      <StateNote kind="error" title={t('failed')} action={{ label: t('again'), run: () => void refetch() }} />
    );
  return (
    <div className={styles.coverage}>
      <section>
        <h3>{t('coverage.holes', { count: data.holes.length })}</h3>
        {data.holes.length === 0 && <p className={styles.soft}>{t('coverage.noHoles')}</p>}
        {data.holes.map((hole) => (
          <details key={hole.divisionCode} className={styles.hole} open={data.holes.length < 4}>
            <summary>
              {t('coverage.hole', { area: name(hole.divisionName), count: hole.classes.length })}
              <span className={styles.soft}> {hole.divisionCode}</span>
            </summary>
            <p className={styles.classes}>
              {hole.classes.map(({ id, name: names }) => (
                <Tag key={id}>
                  {name(names)} <span className={styles.soft}>{id}</span>
                </Tag>
              ))}
            </p>
          </details>
        ))}
      </section>
      <section>
        <h3>{t('coverage.overlaps', { count: data.overlaps.length })}</h3>
        {data.overlaps.length === 0 && <p className={styles.soft}>{t('coverage.noOverlaps')}</p>}
        <ul>
          {data.overlaps.slice(0, OVERLAPS_SHOWN).map((overlap) => (
            <li key={`${overlap.class} ${overlap.divisionCode ?? ''}`} className={styles.overlap}>
              <strong>{name(overlap.className)}</strong>{' '}
              <span className={styles.soft}>
                {overlap.class} {overlap.divisionCode && divisionName(overlap.divisionCode)}
              </span>
              <div>
                {overlap.duties.map((duty) => (
                  <Tag key={duty.id} {...(duty.id === overlap.winner ? { color: 'blue' } : {})}>
                    {name(duty.unitName)} · {duty.priority}
                    {duty.id === overlap.winner && ` · ${t(`coverage.decided.${overlap.decided}`)}`}
                  </Tag>
                ))}
              </div>
            </li>
          ))}
        </ul>
        {data.overlaps.length > OVERLAPS_SHOWN && (
          <p className={styles.soft}>
            {t('coverage.more', { count: data.overlaps.length - OVERLAPS_SHOWN })}
          </p>
        )}
      </section>
    </div>
  );
}
