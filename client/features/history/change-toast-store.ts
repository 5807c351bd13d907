import { create } from 'zustand';

/** What was just changed in the register, and how it is taken back. */
export interface DoneChange {
  text: string;
  /** Undefined: it cannot be undone from here. */
  batch?: string;
}

interface ChangeToastState {
  done: (DoneChange & { key: number }) | null;
  tell: (done: DoneChange) => void;
  dismiss: () => void;
}

/** One toast for the whole screen: the last change is the one that is undone. */
export const useChangeToast = create<ChangeToastState>((set, get) => ({
  done: null,
  tell: (done) => set({ done: { ...done, key: (get().done?.key ?? 0) + 1 } }),
  dismiss: () => set({ done: null }),
}));
