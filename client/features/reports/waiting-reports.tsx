import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useChanges } from '../../realtime/live-store.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StateNote } from '../../ui/state-note.tsx';
import { useErrorText } from '../access/use-error-text.ts';
import { waitingReportsQuery } from './api.ts';
import { WaitingReport } from './waiting-report.tsx';

/** Reports of every channel that wait to be verified, oldest first: the filing clock runs from receipt. */
export function WaitingReports({ className }: { className?: string }) {
  const { t } = useTranslation(['desk', 'cases', 'shell']);
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const { data, error, refetch } = useQuery(waitingReportsQuery);
  const ask = useCallback(
    () => void queryClient.invalidateQueries({ queryKey: waitingReportsQuery.queryKey }),
    [queryClient],
  );
  useChanges('report', ask);
  return (
    <Panel title={t('reports', { count: data?.length ?? 0 })} flush {...(className ? { className } : {})}>
      {error && !data && (
        <StateNote
          kind="error"
          title={errorText(error)}
          action={{ label: t('shell:retry'), run: () => void refetch() }}
        />
      )}
      {!error && !data && <StateNote kind="loading" title={t('cases:loading')} />}
      {data?.length === 0 && <StateNote kind="empty" title={t('noReports')} hint={t('noReportsHint')} />}
      <ul>
        {data?.map((report) => (
          <li key={report.id}>
            <WaitingReport report={report} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
