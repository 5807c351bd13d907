import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { PartPatch as PartChange } from '#contract/parts';
import type { Change } from '#contract/realtime';
import type { PartPatch } from '../../map/part-patch.ts';
import { useChanges } from '../../realtime/live-store.tsx';
import { toPatch, usePartPatches } from './part-patches.ts';

/** Other people's changes of parts: maps show them at once, and cards that are open read theirs again. */
export function useFollowParts(): void {
  const queryClient = useQueryClient();
  useChanges(
    'part',
    useCallback(
      (changes) => {
        const { apply, readAgain } = usePartPatches.getState();
        if (changes === 'missed' || changes.some(isReload)) {
          readAgain();
          void queryClient.invalidateQueries({ queryKey: ['parts', 'one'] });
          void queryClient.invalidateQueries({ queryKey: ['map', 'part'] });
          return;
        }
        apply(changes.map(patchOf));
        const stale = changes.flatMap(({ id }) => [
          ['parts', 'one', id],
          ['map', 'part', id],
        ]);
        for (const queryKey of [...stale, ['register-changes']])
          void queryClient.invalidateQueries({ queryKey });
      },
      [queryClient],
    ),
  );
}

function isReload({ patch }: Change): boolean {
  return patch !== undefined && 'reload' in (patch as PartChange);
}

function patchOf({ id, patch, gone }: Change): PartPatch {
  const change = patch as PartChange | undefined;
  if (gone || !change || 'reload' in change) return { code: id, gone: true };
  return toPatch({ ...change, code: id });
}
