import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useChanges } from '../../realtime/live-store.tsx';
import { clockQuery } from './api.ts';

/** Somebody changed working time: countdowns go on by the new one. Lights come with their cases. */
export function useFollowClock(): void {
  const queryClient = useQueryClient();
  useChanges(
    'clock',
    useCallback(() => {
      void queryClient.invalidateQueries({ queryKey: clockQuery.queryKey });
      void queryClient.invalidateQueries({ queryKey: ['working-time'] });
    }, [queryClient]),
  );
}
