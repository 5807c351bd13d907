import { useMemo, useState } from 'react';
import { useCases } from '../../realtime/live-store.tsx';
import { recentClasses } from '../dictionary/recent-classes.ts';

/** The class this operator is likeliest to choose: the one filed last here, else the one most open cases have. */
export function useLikelyClass(): string | undefined {
  const cases = useCases();
  const [recent] = useState(() => recentClasses()[0]);
  const commonest = useMemo(() => {
    const counts = new Map<string, number>();
    for (const one of cases) counts.set(one.class, (counts.get(one.class) ?? 0) + 1);
    return [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b))[0]?.[0];
  }, [cases]);
  return recent ?? commonest;
}
