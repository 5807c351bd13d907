import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { EvaluationRules, TrialPeriod } from '#contract/evaluation';
import { fetchJson } from '../access/fetch-json.ts';
import { evaluationKey } from './api.ts';

export const rulesQuery = queryOptions({
  queryKey: ['evaluation-rules'],
  queryFn: ({ signal }) => fetchJson<EvaluationRules>('/evaluation-rules', { signal }),
  staleTime: 60_000,
});

export const trialPeriodsQuery = queryOptions({
  queryKey: ['trial-periods'],
  queryFn: async ({ signal }) =>
    (await fetchJson<{ items: TrialPeriod[] }>('/trial-periods', { signal })).items,
  staleTime: 60_000,
});

/** What the scores of every period hang on changed. */
function useForgetScores() {
  const client = useQueryClient();
  return () => {
    for (const queryKey of [rulesQuery.queryKey, trialPeriodsQuery.queryKey, evaluationKey]) {
      void client.invalidateQueries({ queryKey });
    }
  };
}

export function useSaveRules() {
  const forget = useForgetScores();
  return useMutation({
    mutationFn: (body: EvaluationRules & { reason: string }) =>
      fetchJson<EvaluationRules>('/evaluation-rules', { method: 'PUT', body }),
    onSuccess: forget,
  });
}

export function useMarkTrial() {
  const forget = useForgetScores();
  return useMutation({
    mutationFn: (body: TrialPeriod) => fetchJson<TrialPeriod>('/trial-periods', { method: 'POST', body }),
    onSuccess: forget,
  });
}

export function useEndTrial() {
  const forget = useForgetScores();
  return useMutation({
    mutationFn: (fromMonth: string) =>
      fetchJson<undefined>(`/trial-periods/${fromMonth}`, { method: 'DELETE' }),
    onSuccess: forget,
  });
}
