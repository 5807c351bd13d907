import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useCase } from '../../realtime/live-store.tsx';
import { caseQuery } from './api.ts';

/** One case whole; read again when the feed tells of a newer version. */
export function useLiveCase(id: string) {
  const queryClient = useQueryClient();
  const query = useQuery(caseQuery(id));
  const liveVersion = useCase(id)?.version;
  const version = query.data?.version;
  useEffect(() => {
    if (liveVersion === undefined || version === undefined || liveVersion <= version) return;
    void queryClient.invalidateQueries({ queryKey: caseQuery(id).queryKey });
  }, [queryClient, id, liveVersion, version]);
  return query;
}
