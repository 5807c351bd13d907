import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Indicator, Period } from '#contract/evaluation';
import { useName } from '../../i18n/use-language.ts';
import { StateNote } from '../../ui/state-note.tsx';
import { useErrorText } from '../access/use-error-text.ts';
import { indicatorsQuery } from './api.ts';
import styles from './indicator-table.module.css';
import { useEvaluationFormats } from './use-evaluation-formats.ts';

/** The indicators of a period, each with its formula and the numbers put into it. */
export function IndicatorTable({ period }: { period: Period }) {
  const { t } = useTranslation(['evaluation', 'shell']);
  const errorText = useErrorText();
  const { data, error, refetch } = useQuery(indicatorsQuery(period));
  if (!data) {
    if (!error) return <StateNote kind="loading" title={t('indicators.loading')} />;
    const action = { label: t('shell:retry'), run: () => void refetch() };
    return <StateNote kind="error" title={errorText(error)} action={action} />;
  }
  return <IndicatorRows items={data.items} />;
}

/** Indicators as they stand in an answer or in a bulletin, found by typing. */
export function IndicatorRows({ items }: { items: readonly Indicator[] }) {
  const { t } = useTranslation('evaluation');
  const name = useName();
  const formats = useEvaluationFormats();
  const [typed, setTyped] = useState('');
  const shown = useMemo(() => {
    const wanted = typed.trim().toLowerCase();
    if (wanted === '') return items;
    return items.filter(({ name: { zh, en } }) => `${zh} ${en}`.toLowerCase().includes(wanted));
  }, [items, typed]);
  return (
    <div className={styles.indicators}>
      <Input.Search
        allowClear
        className={styles.find ?? ''}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        placeholder={t('indicators.find')}
        aria-label={t('indicators.find')}
      />
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('indicators.title')}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('indicators.name')}</th>
              <th scope="col" className={styles.value}>
                {t('indicators.value')}
              </th>
              <th scope="col">{t('indicators.formula')}</th>
              <th scope="col">{t('indicators.terms')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <tr key={one.id}>
                <th scope="row">{name(one.name)}</th>
                <td className={styles.value}>{formats.value(one.value, one.type)}</td>
                <td className={styles.formula}>{name(one.formula)}</td>
                <td className={styles.terms}>
                  {one.value === null && one.missing ? (
                    <span className={styles.missing}>{name(one.missing)}</span>
                  ) : (
                    one.terms.map((term) => (
                      <span key={term.name.zh}>
                        {name(term.name)} <b>{formats.value(term.value, 'count')}</b>
                      </span>
                    ))
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length === 0 && <p className={styles.missing}>{t('indicators.noneFound')}</p>}
    </div>
  );
}
