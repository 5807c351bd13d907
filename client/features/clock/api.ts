import { queryOptions } from '@tanstack/react-query';
import type { ClockState } from '#contract/clock';
import { fetchJson } from '../access/fetch-json.ts';

/** The working calendar around now; asked again every ten minutes, since somebody may edit it. */
export const clockQuery = queryOptions({
  queryKey: ['clock'],
  queryFn: ({ signal }) => fetchJson<ClockState>('/clock', { signal }),
  staleTime: 10 * 60_000,
  refetchInterval: 10 * 60_000,
});
