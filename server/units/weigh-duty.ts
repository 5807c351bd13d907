import type { Names } from '#contract/shared';
import type { Candidate } from '#contract/units';
import type { Duty, OwnerCondition, ResolutionFacts, UnitRef } from './resolve-unit.ts';
import { sayCondition } from './say-condition.ts';

export type Condition = Candidate['conditions'][number];

/** A duty and what became of it for the facts. */
export interface WeighedDuty {
  duty: Duty;
  candidate: Candidate;
}

const NOTHING = '—';

/**
 * The duties in the order in which they are asked: those under a condition of place, area, channel or part before
 * those by class, each by rank.
 */
export function weighDuties(facts: ResolutionFacts): WeighedDuty[] {
  const weighed = facts.duties
    .filter((duty) => isNear(duty, facts.divisions))
    .sort(compareDuties)
    .map((duty) => ({ duty, candidate: weighDuty(duty, facts) }));
  return [
    ...weighed.filter(({ duty }) => isByCondition(duty)),
    ...weighed.filter(({ duty }) => !isByCondition(duty)),
  ];
}

/** What another area answers for in general is no candidate here; what it answers for by class is one that failed. */
function isNear({ class: classId, area }: Duty, divisions: readonly string[]): boolean {
  return classId !== undefined || area === undefined || divisions.includes(area);
}

function weighDuty(duty: Duty, facts: ResolutionFacts): Candidate {
  const conditions = [
    ...openness(duty.unit, facts.today),
    ...validity(duty, facts.today),
    ...(duty.area === undefined ? [] : [inArea(duty.area, duty.areaName, facts.divisions)]),
    ...(duty.ownerCondition === undefined ? [] : stewardship(duty.ownerCondition, duty.unit, facts)),
    ...(duty.place === undefined ? [] : [equal('place', duty.place, facts.place)]),
    ...(duty.channel === undefined ? [] : [equal('channel', duty.channel, facts.channel)]),
  ];
  return {
    unit: toCandidateUnit(duty.unit),
    role: duty.role,
    rule: isByCondition(duty) ? 'duty-by-area-and-condition' : 'duty-by-class',
    applies: conditions.every(({ holds }) => holds),
    conditions,
    quote: duty.quote,
    basis: duty.basis,
  };
}

export function isByCondition(duty: Duty): boolean {
  return countConditions(duty) > 0;
}

/** On the wire a unit is its code, name and telephone. */
export function toCandidateUnit({ code, name, phone }: UnitRef): Candidate['unit'] {
  return { code, name, phone };
}

export function condition(facts: Omit<Condition, 'text'>, about?: Names): Condition {
  return { ...facts, text: sayCondition(facts, about) };
}

export function isClosed({ closedAt }: UnitRef, today: string): boolean {
  return closedAt !== undefined && closedAt <= today;
}

/** Said only of a unit that takes nothing any more. */
export function openness(unit: UnitRef, today: string): Condition[] {
  const { closedAt = NOTHING } = unit;
  if (!isClosed(unit, today)) return [];
  return [condition({ name: 'unit-open', expected: `< ${closedAt}`, actual: closedAt, holds: false })];
}

export function inMaintenance(until: string | undefined, today: string): Condition {
  return condition({
    name: 'in-maintenance',
    expected: `≥ ${today}`,
    actual: until ?? NOTHING,
    holds: until !== undefined && until >= today,
  });
}

/** Days are compared as text: `2026-10-16` sorts as it counts. Said only of a duty out of its days. */
function validity({ validFrom, validTo }: Duty, today: string): Condition[] {
  const started = validFrom <= today;
  const over = validTo !== undefined && validTo <= today;
  if (started && !over) return [];
  const expected = `[${validFrom}, ${validTo ?? '∞'})`;
  return [condition({ name: 'valid', expected, actual: today, holds: false })];
}

function inArea(area: string, name: Names | undefined, divisions: readonly string[]): Condition {
  const actual = divisions.at(-1) ?? NOTHING;
  return condition({ name: 'area', expected: area, actual, holds: divisions.includes(area) }, name);
}

function equal(name: string, expected: string, actual: string | undefined): Condition {
  return condition({ name, expected, actual: actual ?? NOTHING, holds: actual === expected });
}

function stewardship(wanted: OwnerCondition, unit: UnitRef, { part, today }: ResolutionFacts): Condition[] {
  const steward = wanted === 'owner' ? part?.owner : part?.maintainer;
  const holder = condition({
    name: wanted,
    expected: unit.name.zh,
    actual: steward ? steward.name || steward.code : NOTHING,
    holds: steward?.code === unit.code,
  });
  if (wanted !== 'builder-in-maintenance') return [holder];
  return [holder, inMaintenance(part?.maintenanceUntil, today)];
}

/** By priority, then by rank, and at last by code and number, so that nothing is chance. */
function compareDuties(a: Duty, b: Duty): number {
  return b.priority - a.priority || compareRank(a, b) || compareText(a.unit.code, b.unit.code) || a.id - b.id;
}

/** Of duties of one priority: the one for the class, the one that asks for more, the one for the smaller area. */
export function compareRank(a: Duty, b: Duty): number {
  return (
    Number(a.class === undefined) - Number(b.class === undefined) ||
    countConditions(b) - countConditions(a) ||
    (b.area?.length ?? 0) - (a.area?.length ?? 0)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function countConditions({ area, ownerCondition, place, channel }: Duty): number {
  return [area, ownerCondition, place, channel].filter((one) => one !== undefined).length;
}
