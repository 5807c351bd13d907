import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { CellCard, CellEdit, Division, Head } from '#contract/grid';
import type { CellFigures } from '#contract/map';
import type { MultiPolygon } from 'geojson';
import type { Polygon } from '#contract/shared';
import { fetchJson } from '../access/fetch-json.ts';

export const cellQuery = (code: string) =>
  queryOptions({
    queryKey: ['cells', code],
    queryFn: ({ signal }) => fetchJson<CellCard>(`/cells/${code}`, { signal }),
  });

/** `GET /divisions/{code}`: the division with its outline, and counts as far as the server gives them. */
export interface DivisionCardBody extends Division {
  outline: Polygon | MultiPolygon;
  counts?: { children?: number; cells?: number; parts?: number; openCases?: number; heads?: number };
  heads?: Head[];
}

export const divisionQuery = (code: string) =>
  queryOptions({
    queryKey: ['divisions', 'one', code],
    queryFn: ({ signal }) => fetchJson<DivisionCardBody>(`/divisions/${code}`, { signal }),
  });

export const headsQuery = (division: string) =>
  queryOptions({
    queryKey: ['heads', division],
    queryFn: async ({ signal }) =>
      (await fetchJson<{ items: Head[] }>(`/heads?${new URLSearchParams({ division })}`, { signal })).items,
    staleTime: 60_000,
  });

/** Score of every cell by its code over the last 30 days; null: nothing was due. */
export const cellScoresQuery = queryOptions({
  queryKey: ['cell-scores'],
  queryFn: async ({ signal }) => {
    const { codes, score } = await fetchJson<CellFigures>('/map/cells', { signal });
    return new Map(codes.map((code, index) => [code, score[index] ?? null]));
  },
  staleTime: 60_000,
});

export function useEditCell(code: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: CellEdit) => fetchJson<CellCard>(`/cells/${code}`, { method: 'PATCH', body }),
    onSuccess: () => {
      for (const queryKey of [['cells'], ['divisions', 'one'], ['register-changes'], ['parts'], ['map']]) {
        void queryClient.invalidateQueries({ queryKey });
      }
    },
  });
}
