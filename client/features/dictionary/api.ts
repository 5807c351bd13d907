import { queryOptions } from '@tanstack/react-query';
import type { ClassEntry } from '#contract/dictionary';
import { fetchAll } from '../access/fetch-json.ts';

/** All classes of the active dictionary, for type-ahead. */
export const classesQuery = queryOptions({
  queryKey: ['classes'],
  queryFn: ({ signal }) => fetchAll<ClassEntry>('/classes', signal),
  staleTime: Infinity,
});
