import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type {
  WorkingTimeChange,
  WorkingTimeEdit,
  WorkingTimeResult,
  WorkingYear,
} from '#contract/working-time';
import { fetchJson } from '../access/fetch-json.ts';
import { clockQuery } from '../clock/api.ts';

export function workingYearQuery(year: number) {
  return queryOptions({
    queryKey: ['working-time', year],
    queryFn: ({ signal }) => fetchJson<WorkingYear>(`/working-time/${year}`, { signal }),
  });
}

export const workingTimeChangesQuery = queryOptions({
  queryKey: ['working-time', 'changes'],
  queryFn: async ({ signal }) =>
    (await fetchJson<{ items: WorkingTimeChange[] }>('/working-time/changes?limit=30', { signal })).items,
});

/** What a change would move; writes nothing. */
export function usePreviewEdit() {
  return useMutation({
    mutationFn: (edit: WorkingTimeEdit) =>
      fetchJson<WorkingTimeResult>('/working-time/changes', {
        method: 'POST',
        body: { ...edit, dryRun: true },
      }),
  });
}

function useAfterChange() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['working-time'] }),
      client.invalidateQueries({ queryKey: clockQuery.queryKey }),
    ]);
}

export function useSaveEdit() {
  return useMutation({
    mutationFn: (edit: WorkingTimeEdit) =>
      fetchJson<WorkingTimeResult>('/working-time/changes', { method: 'POST', body: edit }),
    onSuccess: useAfterChange(),
  });
}

export function useImportYear() {
  return useMutation({
    mutationFn: ({ year, expectedVersion }: { year: number; expectedVersion: string }) =>
      fetchJson<WorkingTimeResult>(`/working-time/${year}/state-council`, {
        method: 'POST',
        body: { expectedVersion },
      }),
    onSuccess: useAfterChange(),
  });
}
