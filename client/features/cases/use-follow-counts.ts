import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { useChanges } from '../../realtime/live-store.tsx';
import { useServerDay } from '../clock/use-server-day.ts';
import { caseCountsQuery } from './api.ts';

/** However many cases change at once, the counts are asked for this often at most. */
const EVERY_MS = 3_000;

/** Keeps what was filed and closed today as it is: asked again when a case changed, and when the day ends. */
export function useFollowCounts(): void {
  const queryClient = useQueryClient();
  const today = useServerDay();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const ask = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = null;
      void queryClient.invalidateQueries({ queryKey: caseCountsQuery.queryKey });
    }, EVERY_MS);
  }, [queryClient]);
  useChanges('case', ask);
  useEffect(() => ask(), [today, ask]);
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
}
