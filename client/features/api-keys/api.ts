import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiKey, IssuedApiKey, NewApiKey } from '#contract/access';
import { fetchJson } from '../access/fetch-json.ts';

export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: async ({ signal }) => (await fetchJson<{ items: ApiKey[] }>('/api-keys', { signal })).items,
});

export function useIssueKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: NewApiKey) => fetchJson<IssuedApiKey>('/api-keys', { method: 'POST', body: key }),
    onSuccess: () => client.invalidateQueries({ queryKey: apiKeysQuery.queryKey }),
  });
}

export function useRevokeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => fetchJson<unknown>(`/api-keys/${id}/revoke`, { method: 'POST' }),
    onSuccess: () => client.invalidateQueries({ queryKey: apiKeysQuery.queryKey }),
  });
}
