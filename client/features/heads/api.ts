import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { FeatureCollection, Polygon } from 'geojson';
import type { HeadDetail, HeadEdit, HeadInList, NewHead } from '#contract/grid';
import { fetchAll, fetchJson } from '../access/fetch-json.ts';

/** Heads in office on a day. */
export function headsOnQuery(on: string) {
  return queryOptions({
    queryKey: ['heads', 'on', on],
    queryFn: ({ signal }) => fetchAll<HeadInList>(`/heads?on=${on}&limit=500`, signal),
    placeholderData: keepPreviousData,
  });
}

/** Who answers for which cell of a community on a day. */
export function cellHeadsQuery(community: string, on: string) {
  return queryOptions({
    queryKey: ['heads', 'cells', community, on],
    queryFn: ({ signal }) =>
      fetchAll<HeadInList>(`/heads?division=${community}&on=${on}&cells=true&limit=500`, signal),
    enabled: community !== '' && on !== '',
  });
}

export const headQuery = (id: string, on: string) =>
  queryOptions({
    queryKey: ['heads', 'one', id, on],
    queryFn: ({ signal }) => fetchJson<HeadDetail>(`/heads/${id}?on=${on}`, { signal }),
    enabled: on !== '',
    staleTime: 0,
  });

/** Cells of a community in force, with their outlines. */
export function communityCellsQuery(community: string) {
  return queryOptions({
    queryKey: ['cells', 'outlines', community],
    queryFn: ({ signal }) =>
      fetchJson<FeatureCollection<Polygon, { code: string }>>(
        `/ogc/collections/cells/items?communityCode=${community}&limit=1000`,
        { signal, headers: { accept: 'application/geo+json' } },
      ),
    enabled: community !== '',
  });
}

export function useSaveHead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: { id: string; edit: HeadEdit } | { id?: undefined; head: NewHead }) =>
      change.id === undefined
        ? fetchJson<HeadDetail>('/heads', { method: 'POST', body: change.head })
        : fetchJson<HeadDetail>(`/heads/${change.id}`, { method: 'PATCH', body: change.edit }),
    onSuccess: () =>
      Promise.all(
        [['heads'], ['cells'], ['divisions', 'one'], ['register-changes']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}
