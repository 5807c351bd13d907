import { describe, expect, it } from 'vitest';
import { dwellMs, groundedPlan, planFlight, restMs } from './flight-plan.ts';

const all = () => true;

describe('where an unattended wall looks', () => {
  it('flies to what has just turned red, stays, and returns to the whole district', () => {
    const there = planFlight(groundedPlan, 1000, ['a'], all);
    expect(there.at).toBe('a');
    expect(planFlight(there, 1000 + dwellMs - 1, [], all)).toBe(there);
    const home = planFlight(there, 1000 + dwellMs, [], all);
    expect(home.at).toBeNull();
  });

  it('visits several in turn and rests over the district before it leaves again', () => {
    let plan = planFlight(groundedPlan, 0, ['a', 'b'], all);
    plan = planFlight(plan, dwellMs, [], all);
    expect(plan.at).toBe('b');
    plan = planFlight(plan, 2 * dwellMs, [], all);
    expect(plan.at).toBeNull();
    plan = planFlight(plan, 2 * dwellMs + 1, ['c'], all);
    expect(plan.at).toBeNull();
    expect(planFlight(plan, 2 * dwellMs + restMs, [], all).at).toBe('c');
  });

  it('skips what is red no longer and never waits for more than a dozen', () => {
    let plan = planFlight(groundedPlan, 0, ['a', 'b'], all);
    plan = planFlight(plan, dwellMs, [], (id) => id !== 'b');
    expect(plan.at).toBeNull();
    const many = Array.from({ length: 500 }, (_, index) => `case ${index}`);
    expect(planFlight(plan, dwellMs + 1, many, all).waiting).toHaveLength(12);
  });

  it('does not visit a place twice for one turn', () => {
    let plan = planFlight(groundedPlan, 0, ['a', 'b'], all);
    plan = planFlight(plan, 1, ['a', 'b'], all);
    expect(plan.waiting).toEqual(['b']);
  });
});
