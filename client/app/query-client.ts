import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { meQuery } from '../features/access/api.ts';
import { ApiError, isSignedOut } from '../features/access/fetch-json.ts';

/** `onSignedOut` runs when any call says that the session is over. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const watch = (error: unknown) => {
    if (!isSignedOut(error) || !client.getQueryData(meQuery.queryKey)) return;
    onSignedOut();
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (count, error) =>
          count < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
      },
    },
  });
  return client;
}
