import { useCallback } from 'react';
import { useMe } from '../access/use-me.ts';
import { findLastBatch } from '../history/api.ts';
import { useChangeToast } from '../history/change-toast-store.ts';

/** Says what was done to a part and offers to take it back, if it is still the last thing that happened to it. */
export function useTellPartChange(): (code: string, text: string) => Promise<void> {
  const me = useMe();
  const tell = useChangeToast((state) => state.tell);
  return useCallback(
    async (code, text) => {
      const batch = await findLastBatch('part', code, me.name.zh).catch(() => undefined);
      tell({ text, ...(batch ? { batch } : {}) });
    },
    [me.name.zh, tell],
  );
}
