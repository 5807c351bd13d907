import { useQuery } from '@tanstack/react-query';
import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Aims } from '#contract/evaluation';
import { useName } from '../../i18n/use-language.ts';
import { StateNote } from '../../ui/state-note.tsx';
import { useErrorText } from '../access/use-error-text.ts';
import { AimChart } from './aim-chart.tsx';
import styles from './aims-charts.module.css';
import { aimsQuery } from './api.ts';
import { addMonths } from './period.ts';
import { useEvaluationFormats } from './use-evaluation-formats.ts';

type Form = 'charts' | 'table';
type Aim = Aims['items'][number];

/** The seven aims over the twelve months that end with `last`, and which way is progress. */
export function AimsCharts({ last }: { last: string }) {
  const { t } = useTranslation(['evaluation', 'shell']);
  const errorText = useErrorText();
  const [form, setForm] = useState<Form>('charts');
  const { data, error, refetch } = useQuery(aimsQuery(addMonths(last, -11), last));
  if (!data) {
    if (!error) return <StateNote kind="loading" title={t('aims.loading')} />;
    const action = { label: t('shell:retry'), run: () => void refetch() };
    return <StateNote kind="error" title={errorText(error)} action={action} />;
  }
  return (
    <AimsOf
      aims={data}
      form={form}
      choice={
        <Segmented<Form>
          value={form}
          onChange={setForm}
          options={(['charts', 'table'] as const).map((value) => ({ value, label: t(`aims.form.${value}`) }))}
        />
      }
    />
  );
}

/** The aims as they stand in an answer or in a bulletin. */
export function AimsOf(props: { aims: Aims; form: Form; choice?: React.ReactNode }) {
  const { aims, form, choice } = props;
  return (
    <div className={styles.aims}>
      {choice}
      {form === 'charts' ? (
        <ul className={styles.charts}>
          {aims.items.map((aim) => (
            <li key={aim.id}>
              <AimCard aim={aim} months={aims.months} />
            </li>
          ))}
        </ul>
      ) : (
        <AimsTable aims={aims} />
      )}
    </div>
  );
}

function AimCard({ aim, months }: { aim: Aim; months: string[] }) {
  const { t } = useTranslation('evaluation');
  const name = useName();
  const formats = useEvaluationFormats();
  const known = aim.values.filter((value) => value !== null);
  const now = known.at(-1) ?? null;
  return (
    <section className={styles.aim} aria-label={name(aim.name)}>
      <header className={styles.head}>
        <h3>{name(aim.name)}</h3>
        <Better aim={aim} />
        <strong className={styles.now}>{formats.value(now, aim.unit)}</strong>
      </header>
      {known.length === 0 ? (
        <p className={styles.missing}>{aim.missing ? name(aim.missing) : t('aims.none')}</p>
      ) : (
        <AimChart aim={aim} months={months} />
      )}
      <p className={styles.formula}>{name(aim.formula)}</p>
    </section>
  );
}

function Better({ aim }: { aim: Aim }) {
  const { t } = useTranslation('evaluation');
  const Arrow = aim.better === 'up' ? ArrowUpOutlined : ArrowDownOutlined;
  return (
    <span className={styles.better}>
      <Arrow aria-hidden /> {t(`aims.better.${aim.better}`)}
    </span>
  );
}

function AimsTable({ aims }: { aims: Aims }) {
  const { t } = useTranslation('evaluation');
  const name = useName();
  const formats = useEvaluationFormats();
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('aims.title')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('aims.aim')}</th>
            {aims.months.map((month) => (
              <th key={month} scope="col">
                {month}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {aims.items.map((aim) => (
            <tr key={aim.id}>
              <th scope="row">
                {name(aim.name)} <Better aim={aim} />
              </th>
              {aims.months.map((month, index) => (
                <td key={month}>{formats.value(aim.values[index] ?? null, aim.unit)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
