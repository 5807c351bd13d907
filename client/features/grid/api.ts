import { queryOptions } from '@tanstack/react-query';
import type { Division } from '#contract/grid';
import { fetchAll } from '../access/fetch-json.ts';

/** Every division of the district, district to community. */
export const divisionsQuery = queryOptions({
  queryKey: ['divisions'],
  queryFn: ({ signal }) => fetchAll<Division>('/divisions?limit=500', signal),
  staleTime: Infinity,
});
