import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { BulletinContent, BulletinSummary, Period } from '#contract/evaluation';
import type { Language } from '../../i18n/i18n.ts';
import { fetchAll, fetchJson } from '../access/fetch-json.ts';
import { newKey } from '../access/new-key.ts';

const bulletinsKey = ['bulletins'] as const;

/** Bulletins that I may see, the newest first. */
export const bulletinsQuery = queryOptions({
  queryKey: [...bulletinsKey, 'list'],
  queryFn: ({ signal }) => fetchAll<BulletinSummary>('/bulletins?limit=200', signal),
});

/** All that a bulletin says. It changes with its version alone: a published one never. */
export const bulletinContentQuery = ({ id, version }: Pick<BulletinSummary, 'id' | 'version'>) =>
  queryOptions({
    queryKey: [...bulletinsKey, 'content', id, version],
    queryFn: ({ signal }) => fetchJson<BulletinContent>(`/bulletins/${id}.json`, { signal }),
    staleTime: Infinity,
  });

export const bulletinFormats = ['pdf', 'xlsx', 'json'] as const;

/** What is printed is in the language of the screen; the data has both. */
export function bulletinUrl(
  id: string,
  format: (typeof bulletinFormats)[number],
  language: Language,
): string {
  const query = format === 'json' ? '' : `?lang=${language === 'en' ? 'en' : 'zh'}`;
  return `/api/v1/bulletins/${id}.${format}${query}`;
}

export function forgetBulletins(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: bulletinsQuery.queryKey });
}

export function useMakeBulletin() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { period: Period; note?: string }) =>
      fetchJson<BulletinSummary>('/bulletins', {
        method: 'POST',
        body,
        headers: { 'idempotency-key': newKey() },
      }),
    onSuccess: () => forgetBulletins(client),
  });
}

export const bulletinSteps = ['renew', 'share', 'review', 'publish', 'withdraw'] as const;
export type BulletinStepName = (typeof bulletinSteps)[number];

export function useStepBulletin({ id, version }: Pick<BulletinSummary, 'id' | 'version'>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ step, note }: { step: BulletinStepName; note?: string }) =>
      fetchJson<BulletinSummary>(`/bulletins/${id}/${step}`, {
        method: 'POST',
        body: { expectedVersion: version, ...(note === undefined ? {} : { note }) },
        headers: { 'idempotency-key': newKey() },
      }),
    // A stale one too is read again: somebody else was faster.
    onSettled: () => forgetBulletins(client),
  });
}
