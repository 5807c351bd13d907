import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Duty, DutyCoverage, NewDuty, NewUnit, Unit, UnitEdit } from '#contract/units';
import { fetchAll, fetchJson } from '../access/fetch-json.ts';
import { unitsQuery } from '../units/api.ts';

export const dutiesQuery = queryOptions({
  queryKey: ['duties'],
  queryFn: ({ signal }) => fetchAll<Duty>('/duties?limit=500', signal),
});

/** Where nobody, or more than one, is responsible on a day. */
export function coverageQuery(on: string) {
  return queryOptions({
    queryKey: ['duties', 'coverage', on],
    queryFn: ({ signal }) => fetchJson<DutyCoverage>(`/duties/coverage?on=${on}`, { signal }),
  });
}

function useAfterChange() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: unitsQuery.queryKey }),
      client.invalidateQueries({ queryKey: dutiesQuery.queryKey }),
    ]);
}

export function useSaveUnit() {
  return useMutation({
    mutationFn: ({ code, edit }: { code: string; edit: UnitEdit } | { code?: undefined; edit: NewUnit }) =>
      code === undefined
        ? fetchJson<Unit>('/units', { method: 'POST', body: edit })
        : fetchJson<Unit>(`/units/${code}`, { method: 'PATCH', body: edit }),
    onSuccess: useAfterChange(),
  });
}

export function useSaveDuty() {
  return useMutation({
    mutationFn: (duty: NewDuty) => fetchJson<Duty>('/duties', { method: 'POST', body: duty }),
    onSuccess: useAfterChange(),
  });
}

export function useEndDuty() {
  return useMutation({
    mutationFn: ({ id, on, reason }: { id: number; on: string; reason: string }) =>
      fetchJson<unknown>(`/duties/${id}/end`, { method: 'POST', body: { on, reason } }),
    onSuccess: useAfterChange(),
  });
}
