import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { FeatureCollection } from 'geojson';
import type { NewGridPlan } from '#contract/grid';
import type { Job } from '#contract/jobs';
import { fetchJson } from '../access/fetch-json.ts';
import { jobQuery, jobsQuery } from '../jobs/api.ts';

/** The cells a plan would make. */
export function plannedCellsQuery(jobId: string) {
  return queryOptions({
    queryKey: ['grid-plans', jobId, 'cells'],
    queryFn: ({ signal }) => fetchJson<FeatureCollection>(`/grid-plans/${jobId}/cells.geojson`, { signal }),
    staleTime: Infinity,
    retry: false,
  });
}

function useKeepJob() {
  const client = useQueryClient();
  return (job: Job) => {
    client.setQueryData(jobQuery(job.id).queryKey, job);
    void client.invalidateQueries({ queryKey: jobsQuery.queryKey, exact: true });
  };
}

export function usePlanGrid() {
  const keep = useKeepJob();
  return useMutation({
    mutationFn: (plan: NewGridPlan) => fetchJson<Job>('/grid-plans', { method: 'POST', body: plan }),
    onSuccess: keep,
  });
}

export function useApplyPlan(jobId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => fetchJson<unknown>(`/grid-plans/${jobId}/apply`, { method: 'POST' }),
    onSuccess: () => client.invalidateQueries(),
  });
}

export function useCheckCells() {
  const keep = useKeepJob();
  return useMutation({
    mutationFn: (divisions: string[]) =>
      fetchJson<Job>('/cells/check', {
        method: 'POST',
        body: divisions.length > 0 ? { divisions } : {},
      }),
    onSuccess: keep,
  });
}
