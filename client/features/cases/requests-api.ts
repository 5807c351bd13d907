import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CaseRequest } from '#contract/requests';
import { useCases } from '../../realtime/live-store.tsx';
import { fetchAll } from '../access/fetch-json.ts';

/** `waiting`: what the live cases say waits; a change of it asks again. */
const openRequestsQuery = (waiting: string) =>
  queryOptions({
    queryKey: ['case-requests', 'open', waiting],
    queryFn: ({ signal }) => fetchAll<CaseRequest>('/case-requests?state=open&limit=500', signal),
    placeholderData: keepPreviousData,
  });

/** The requests of my scope that wait for a decision, the oldest first; live, since every case says what waits on it. */
export function useOpenRequests() {
  const cases = useCases();
  const waiting = useMemo(
    () => new Set(cases.flatMap(({ request }) => (request ? [request.id] : []))),
    [cases],
  );
  const query = useQuery(openRequestsQuery([...waiting].sort().join(' ')));
  const items = useMemo(
    () =>
      query.data
        ?.filter(({ id }) => waiting.has(id))
        .sort((a, b) => (a.requestedAt < b.requestedAt ? -1 : 1)),
    [query.data, waiting],
  );
  return { ...query, items };
}
