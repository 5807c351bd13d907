import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Job } from '#contract/jobs';
import { fetchJson } from '../access/fetch-json.ts';

const RUNNING_POLL_MS = 700;

export function isOpen(job: Job): boolean {
  return job.state === 'queued' || job.state === 'running';
}

/** A job, asked for again while it runs. */
export function jobQuery(id: string) {
  return queryOptions({
    queryKey: ['jobs', id],
    queryFn: ({ signal }) => fetchJson<Job>(`/jobs/${id}`, { signal }),
    refetchInterval: (query) => (query.state.data && !isOpen(query.state.data) ? false : RUNNING_POLL_MS),
  });
}

/** The latest jobs, the newest first. */
export const jobsQuery = queryOptions({
  queryKey: ['jobs'],
  queryFn: async ({ signal }) => (await fetchJson<{ items: Job[] }>('/jobs?limit=50', { signal })).items,
  refetchInterval: (query) => (query.state.data?.some(isOpen) ? 2_000 : false),
});

export function useCancelJob() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => fetchJson<Job>(`/jobs/${id}/cancel`, { method: 'POST' }),
    onSuccess: (job) => {
      client.setQueryData(jobQuery(job.id).queryKey, job);
      void client.invalidateQueries({ queryKey: jobsQuery.queryKey, exact: true });
    },
  });
}
