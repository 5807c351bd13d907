import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { StateNote } from '../../ui/state-note.tsx';
import { useErrorText } from '../access/use-error-text.ts';
import { RulesForm } from './rules-form.tsx';
import { rulesQuery } from './rules-api.ts';
import styles from './rules-panel.module.css';
import { TrialPeriods } from './trial-periods.tsx';

/** What the evaluation counts by, and the months that are a trial. */
export function RulesPanel() {
  const { t } = useTranslation(['evaluation', 'shell']);
  const errorText = useErrorText();
  const { data, error, refetch } = useQuery(rulesQuery);
  if (!data) {
    if (!error) return <StateNote kind="loading" title={t('loading')} />;
    const action = { label: t('shell:retry'), run: () => void refetch() };
    return <StateNote kind="error" title={errorText(error)} action={action} />;
  }
  return (
    <div className={styles.rules}>
      <RulesForm key={JSON.stringify(data)} rules={data} />
      <TrialPeriods />
    </div>
  );
}
