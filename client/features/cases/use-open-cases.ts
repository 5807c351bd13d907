import { useMemo } from 'react';
import type { CaseSummary } from '#contract/cases';
import { useCases, useNow } from '../../realtime/live-store.tsx';
import { isOpen, sortByUrgency } from './case-light.ts';

/** The open cases of my scope, most urgent first; the order is looked at again every ten seconds. */
export function useOpenCases(): CaseSummary[] {
  const cases = useCases();
  const now = useNow(10_000);
  return useMemo(() => sortByUrgency(cases.filter(isOpen), now), [cases, now]);
}
