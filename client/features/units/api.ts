import { queryOptions } from '@tanstack/react-query';
import type { Unit } from '#contract/units';
import { fetchAll } from '../access/fetch-json.ts';

export const unitsQuery = queryOptions({
  queryKey: ['units'],
  queryFn: ({ signal }) => fetchAll<Unit>('/units?limit=500', signal),
  staleTime: Infinity,
});
