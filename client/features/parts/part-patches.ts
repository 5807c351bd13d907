import { create } from 'zustand';
import type { Part } from '#contract/parts';
import type { PartPatch } from '../../map/part-patch.ts';

/** Beyond so many it is cheaper to read the tiles again. */
const MOST = 10_000;

type KnownPart = Pick<Part, 'code' | 'class' | 'position' | 'state' | 'version'>;

interface PartPatches {
  patches: readonly PartPatch[];
  /** Counts up whenever the tiles have to be read again. */
  round: number;
  put: (parts: readonly KnownPart[]) => void;
  apply: (patches: readonly PartPatch[]) => void;
  readAgain: () => void;
}

/** What this screen learned of parts after the map read their tiles, from its own changes and from the feed. */
export const usePartPatches = create<PartPatches>((set, get) => ({
  patches: [],
  round: 0,
  put: (parts) => get().apply(parts.map(toPatch)),
  apply: (patches) => {
    const known = new Map(get().patches.map((patch) => [patch.code, patch]));
    const news = patches.filter((patch) => isNews(known.get(patch.code), patch));
    if (news.length === 0) return;
    for (const patch of news) {
      known.delete(patch.code);
      known.set(patch.code, patch);
    }
    if (known.size > MOST) get().readAgain();
    else set({ patches: [...known.values()] });
  },
  readAgain: () => set(({ round }) => ({ patches: [], round: round + 1 })),
}));

/** The newest version wins, in whatever order they come; what left the scope carries none. */
function isNews(known: PartPatch | undefined, patch: PartPatch): boolean {
  if (!known) return true;
  if (known.version === undefined || patch.version === undefined) return known.gone !== patch.gone;
  return patch.version > known.version;
}

export function toPatch({ code, class: classId, position, state, version }: KnownPart): PartPatch {
  return state === 'removed'
    ? { code, gone: true, version }
    : { code, class: classId, position, state, version };
}
