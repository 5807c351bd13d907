import { queryOptions } from '@tanstack/react-query';
import type { Camera } from '#contract/cameras';
import { fetchAll } from '../access/fetch-json.ts';

export const camerasQuery = queryOptions({
  queryKey: ['cameras'],
  queryFn: ({ signal }) => fetchAll<Camera>('/cameras?limit=200', signal),
  staleTime: 60_000,
});
