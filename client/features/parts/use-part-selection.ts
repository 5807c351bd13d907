import { useEffect, useRef, useState } from 'react';
import type { PartFilter } from '#contract/parts';
import { fetchPartCodes, MOST_CHANGED } from './api.ts';

export interface PartSelection {
  codes: ReadonlySet<string>;
  /** All that match were asked for, and there are more than can be changed at once. */
  isCut: boolean;
  /** How many have been counted while all that match are being gathered. */
  gathering: number | null;
  error: unknown;
  toggle: (code: string) => void;
  setMany: (codes: readonly string[], selected: boolean) => void;
  selectAll: (filter: PartFilter) => void;
  clear: () => void;
}

/**
 * The parts that were chosen from a list. "All that match" are gathered by their codes, so that what was counted and
 * confirmed is exactly what changes, whatever else happens meanwhile. Another `about` starts from nothing.
 */
export function usePartSelection(about: string): PartSelection {
  const [state, setState] = useState<{ about: string; codes: ReadonlySet<string>; isCut: boolean }>({
    about,
    codes: new Set(),
    isCut: false,
  });
  const [gathering, setGathering] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), [about]);

  const codes: ReadonlySet<string> = state.about === about ? state.codes : new Set();
  const put = (next: ReadonlySet<string>, isCut = false) => setState({ about, codes: next, isCut });

  async function gather(filter: PartFilter) {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setError(null);
    setGathering(0);
    try {
      // One more than may be changed tells whether there are more.
      const found = await fetchPartCodes(filter, {
        most: MOST_CHANGED + 1,
        onCount: setGathering,
        signal: controller.signal,
      });
      put(new Set(found.slice(0, MOST_CHANGED)), found.length > MOST_CHANGED);
    } catch (failure) {
      if (!controller.signal.aborted) setError(failure);
    } finally {
      if (running.current === controller) setGathering(null);
    }
  }

  return {
    codes,
    isCut: state.about === about && state.isCut,
    gathering,
    error,
    toggle: (code) => {
      const next = new Set(codes);
      if (!next.delete(code)) next.add(code);
      put(next);
    },
    setMany: (many, selected) => {
      const next = new Set(codes);
      for (const code of many) {
        if (selected) next.add(code);
        else next.delete(code);
      }
      put(next);
    },
    selectAll: (filter) => void gather(filter),
    clear: () => {
      running.current?.abort();
      setGathering(null);
      put(new Set());
    },
  };
}
