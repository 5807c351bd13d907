import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Credentials, Me, SampleAccount } from '#contract/access';
import { fetchJson, isSignedOut } from './fetch-json.ts';

/** The signed-in person, or null. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return await fetchJson<Me>('/me', { signal });
    } catch (error) {
      if (isSignedOut(error)) return null;
      throw error;
    }
  },
  staleTime: Infinity,
});

/** Sample accounts this browser may enter with one click; empty unless it runs on the server's machine. */
export const sampleAccountsQuery = queryOptions({
  queryKey: ['session', 'samples'],
  queryFn: async ({ signal }) =>
    (await fetchJson<{ items: SampleAccount[] }>('/session/samples', { signal })).items,
  staleTime: 60_000,
});

export type SignIn = Credentials | { username: string };

/** Signs in with a password, or into a sample account without one. */
export function useSignIn() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (who: SignIn) =>
      fetchJson<Me>('password' in who ? '/session' : '/session/sample', { method: 'POST', body: who }),
    onSuccess: (me) => {
      queryClient.clear();
      queryClient.setQueryData(meQuery.queryKey, me);
    },
  });
}

export function useSignOut() {
  return useMutation({ mutationFn: () => fetchJson<undefined>('/session', { method: 'DELETE' }) });
}
