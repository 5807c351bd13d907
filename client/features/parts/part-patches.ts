import { create } from 'zustand';
import type { Part } from '#contract/parts';
import type { PartPatch } from '../../map/part-patch.ts';

const MOST = 10_000;

interface PartPatches {
  patches: readonly PartPatch[];
  put: (parts: readonly Pick<Part, 'code' | 'class' | 'position' | 'state'>[]) => void;
}

/** What this screen learned of parts after the map read their tiles: its own changes show at once. */
export const usePartPatches = create<PartPatches>((set, get) => ({
  patches: [],
  put: (parts) => {
    const known = new Map(get().patches.map((patch) => [patch.code, patch]));
    const news = parts.filter(({ code, position, state }) => {
      const patch = known.get(code);
      return (
        patch?.state !== state || patch.position.lon !== position.lon || patch.position.lat !== position.lat
      );
    });
    if (news.length === 0) return;
    for (const part of news) {
      known.delete(part.code);
      known.set(part.code, toPatch(part));
    }
    set({ patches: [...known.values()].slice(-MOST) });
  },
}));

function toPatch({
  code,
  class: classId,
  position,
  state,
}: Pick<Part, 'code' | 'class' | 'position' | 'state'>) {
  return { code, class: classId, position, state, ...(state === 'removed' ? { gone: true } : {}) };
}
