import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { SearchAnswer } from '#contract/search';
import type { LonLat } from '#contract/shared';
import { fetchJson } from '../access/fetch-json.ts';

const most = 24;

/**
 * What the words may mean, best first; among equals what is near `near` (where the map looks). A question that is no
 * longer asked is aborted.
 */
export const searchQuery = (words: string, near: LonLat | undefined) => {
  const place = near && { lon: near.lon.toFixed(3), lat: near.lat.toFixed(3) };
  return queryOptions({
    queryKey: ['search', words, place],
    queryFn: ({ signal }) =>
      fetchJson<SearchAnswer>(`/search?${new URLSearchParams({ q: words, limit: String(most), ...place })}`, {
        signal,
      }),
    enabled: words !== '',
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: 1,
  });
};
