import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { LimitRow, NewLimit } from '#contract/dictionary';
import { classesQuery } from '../dictionary/api.ts';
import { fetchAll, fetchJson } from '../access/fetch-json.ts';

/** Every handling limit of the active dictionary, with the days it holds on. */
export const limitsQuery = queryOptions({
  queryKey: ['limits'],
  queryFn: ({ signal }) => fetchAll<LimitRow>('/limits?limit=500', signal),
});

function useAfterChange() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: limitsQuery.queryKey }),
      client.invalidateQueries({ queryKey: classesQuery.queryKey }),
    ]);
}

export function useSaveLimit() {
  return useMutation({
    mutationFn: (limit: NewLimit) => fetchJson<LimitRow>('/limits', { method: 'POST', body: limit }),
    onSuccess: useAfterChange(),
  });
}

export function useEndLimit() {
  return useMutation({
    mutationFn: ({ id, on, reason }: { id: number; on: string; reason: string }) =>
      fetchJson<unknown>(`/limits/${id}/end`, { method: 'POST', body: { on, reason } }),
    onSuccess: useAfterChange(),
  });
}
