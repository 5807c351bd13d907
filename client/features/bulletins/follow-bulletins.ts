import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useChanges } from '../../realtime/live-store.tsx';
import { forgetBulletins } from './api.ts';

/** A bulletin that somebody made or moved on shows at once. */
export function useFollowBulletins(): void {
  const client = useQueryClient();
  useChanges(
    'bulletin',
    useCallback(() => forgetBulletins(client), [client]),
  );
}
