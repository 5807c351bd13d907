import { useEffect, useRef, useState } from 'react';
import type { CaseSummary } from '#contract/cases';
import { lightOfCase } from '../../features/cases/case-light.ts';
import { groundedPlan, planFlight, type FlightPlan } from './flight-plan.ts';

/** The case the wall flies to now; `null` cases are not read yet. What was red when the wall came up is not news; what turns red after is. */
export function useFlight(cases: CaseSummary[] | null, now: number): CaseSummary | undefined {
  const [plan, setPlan] = useState<FlightPlan>(groundedPlan);
  const red = useRef<Set<string> | null>(null);
  useEffect(() => {
    if (!cases) return;
    const isRedNow = new Set(cases.filter((one) => lightOfCase(one, now) === 'red').map(({ id }) => id));
    const before = red.current;
    red.current = isRedNow;
    const turned = before ? [...isRedNow].filter((id) => !before.has(id)) : [];
    setPlan((current) => planFlight(current, now, turned, (id) => isRedNow.has(id)));
  }, [cases, now]);
  return plan.at === null ? undefined : cases?.find(({ id }) => id === plan.at);
}
