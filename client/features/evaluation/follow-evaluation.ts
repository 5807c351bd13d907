import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { useChanges } from '../../realtime/live-store.tsx';
import { evaluationKey } from './api.ts';
import { forgetContests } from './contests-api.ts';

/** Every step of a case may move a score; so many at once are read once. */
const SETTLE_MS = 5_000;

/** Keeps the scores on the screen true while cases move: read again at most every five seconds, and only then. */
export function useFollowEvaluation(): void {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useChanges(
    'case',
    useCallback(() => {
      timer.current ??= setTimeout(() => {
        timer.current = undefined;
        void client.invalidateQueries({ queryKey: evaluationKey });
      }, SETTLE_MS);
    }, [client]),
  );
  useFollowContests();
}

/** A contest filed or decided elsewhere shows at once, and the scores with it. */
export function useFollowContests(): void {
  const client = useQueryClient();
  useChanges(
    'contest',
    useCallback(() => forgetContests(client), [client]),
  );
}
