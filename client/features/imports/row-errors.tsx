import { useTranslation } from 'react-i18next';
import type { RowError, TargetField } from '#contract/imports';
import { useName } from '../../i18n/use-language.ts';
import styles from './row-errors.module.css';

interface RowErrorsProps {
  jobId: string;
  /** The first ones. */
  errors: RowError[];
  total: number;
  fields: TargetField[];
}

/** Rows that cannot be taken: where, which field, why; all of them as a file for whoever must mend them. */
export function RowErrors({ jobId, errors, total, fields }: RowErrorsProps) {
  const { t } = useTranslation('admin');
  const name = useName();
  const labels = new Map(fields.map((field) => [field.name, name(field.label)]));
  if (errors.length === 0) return null;
  return (
    <section>
      <header className={styles.head}>
        <h3>{t('import.errors', { count: total })}</h3>
        <a href={`/api/v1/jobs/${jobId}/errors.csv`} download>
          {t('import.errorsFile')}
        </a>
      </header>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('import.errorsTable')}>
        <table className={styles.errors}>
          <thead>
            <tr>
              <th scope="col">{t('import.line')}</th>
              <th scope="col">{t('import.field')}</th>
              <th scope="col">{t('import.value')}</th>
              <th scope="col">{t('import.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {errors.map((error, index) => (
              <tr key={index}>
                <td className={styles.line}>{error.line}</td>
                <td>{labels.get(error.field) ?? error.field}</td>
                <td className={styles.value}>{error.value ?? ''}</td>
                <td>{name(error.message)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
