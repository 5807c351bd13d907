import { create } from 'zustand';
import type { Camera } from '#contract/cameras';
import type { ClassEntry } from '#contract/dictionary';
import type { Box } from '#contract/shared';

/** The frame the rectangle was begun on. */
export interface FramedFrame {
  /** RFC 3339 with microseconds. */
  at: string;
  jpeg: Blob;
  /** Object URL of the JPEG; revoked with the framing. */
  url: string;
}

/** One rectangle from the first move to filing. */
export interface Framing {
  /** `Idempotency-Key` of this rectangle. */
  key: string;
  camera: Camera;
  box: Box;
  phase: 'drawing' | 'choosing';
  frame?: FramedFrame;
  /** Why the frame could not be kept, when it could not. */
  frameFailed?: true;
  /** The class under the cursor of the type-ahead. */
  entry?: ClassEntry;
  /** Id of a condition chosen by hand. */
  limitId?: number;
  /** Id of the similar open case that Enter attaches to. */
  attachTo?: string;
}

interface FramingStore {
  framing: Framing | null;
  begin: (framing: Framing) => void;
  /** Changes the framing with this key, if it is still the current one; true when it was. */
  change: (key: string, change: Partial<Framing>) => boolean;
  end: () => void;
}

/** The rectangle being drawn, shared by the tile, the map and the panel. */
export const useFramingStore = create<FramingStore>((set, get) => ({
  framing: null,
  begin: (framing) => {
    get().end();
    set({ framing });
  },
  change: (key, change) => {
    const { framing } = get();
    if (framing?.key !== key) return false;
    set({ framing: { ...framing, ...change } });
    return true;
  },
  end: () => {
    const url = get().framing?.frame?.url;
    if (url) URL.revokeObjectURL(url);
    set({ framing: null });
  },
}));
