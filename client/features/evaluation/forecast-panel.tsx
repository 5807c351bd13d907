import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Forecast, Period } from '#contract/evaluation';
import { useName } from '../../i18n/use-language.ts';
import { StateNote } from '../../ui/state-note.tsx';
import { useErrorText } from '../access/use-error-text.ts';
import { forecastQuery } from './api.ts';
import styles from './forecast-panel.module.css';
import { useEvaluationFormats } from './use-evaluation-formats.ts';

/** Where the running month will end for each unit: if all goes well, as it goes now, and if nothing more is done. */
export function ForecastPanel({ period }: { period: Period }) {
  const { t } = useTranslation(['evaluation', 'shell']);
  const name = useName();
  const errorText = useErrorText();
  const { data, error, refetch } = useQuery(forecastQuery(period));
  if (!data) {
    if (!error) return <StateNote kind="loading" title={t('forecast.loading')} />;
    const action = { label: t('shell:retry'), run: () => void refetch() };
    return <StateNote kind="error" title={errorText(error)} action={action} />;
  }
  const rows = data.items.filter((item) => item.atStake > 0 || item.now !== null);
  if (rows.length === 0) return <StateNote kind="empty" title={t('forecast.none')} />;
  return (
    <>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('forecast.title')}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('subject.unit')}</th>
              <th scope="col">{t('forecast.worst')}</th>
              <th scope="col">{t('forecast.expected')}</th>
              <th scope="col">{t('forecast.best')}</th>
              <th scope="col">{t('forecast.atStake')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((item) => (
              <ForecastRow key={item.subject.code} item={item} />
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.method}>{name(data.method)}</p>
    </>
  );
}

function ForecastRow({ item }: { item: Forecast['items'][number] }) {
  const name = useName();
  const formats = useEvaluationFormats();
  const { worst, expected, best } = item;
  return (
    <tr>
      <th scope="row">
        {name(item.subject.name)}
        <span className={styles.track} aria-hidden="true">
          {worst !== null && best !== null && (
            <span className={styles.range} style={{ left: `${worst}%`, right: `${100 - best}%` }} />
          )}
          {expected !== null && <span className={styles.expected} style={{ left: `${expected}%` }} />}
        </span>
      </th>
      <td>{formats.score(worst)}</td>
      <td className={styles.strong}>{formats.score(expected)}</td>
      <td>{formats.score(best)}</td>
      <td>{formats.count(item.atStake)}</td>
    </tr>
  );
}
