import type { Names } from '#contract/shared';
import type { Candidate } from '#contract/units';
import { explainResolution } from './explain-resolution.ts';

export interface UnitRef {
  code: string;
  name: Names;
  phone: string;
}

export type OwnerCondition = 'owner' | 'maintainer' | 'builder-in-maintenance';

/** A row of the duties: a unit answers for a class, perhaps only under conditions. */
export interface Duty {
  id: number;
  unit: UnitRef;
  /** absent: every class of the kind */
  class?: string | undefined;
  area?: string | undefined;
  ownerCondition?: OwnerCondition | undefined;
  place?: string | undefined;
  channel?: string | undefined;
  /** larger goes first */
  priority: number;
  role: 'lead' | 'assist';
  /** `[validFrom, validTo)`, days `2026-10-16` */
  validFrom: string;
  validTo?: string | undefined;
  basis: string;
  quote: string;
}

/** Who stands behind the part; `unit` is absent when that name is none of the units. */
export interface Steward {
  code: string;
  name: string;
  unit?: UnitRef | undefined;
}

export interface ResolvedPart {
  code: string;
  owner?: Steward | undefined;
  maintainer?: Steward | undefined;
  /** the last day of the maintainer's or builder's maintenance period */
  maintenanceUntil?: string | undefined;
}

export interface ResolutionFacts {
  class: string;
  /** the day of the decision in the deployment's time zone */
  today: string;
  /** codes of the divisions the position lies in */
  divisions: readonly string[];
  place?: string | undefined;
  channel?: string | undefined;
  part?: ResolvedPart | undefined;
  /** duties of the class, and of every class of its kind */
  duties: readonly Duty[];
  /** the unit of the subdistrict the position lies in */
  territorial?: UnitRef | undefined;
}

export interface UnitDecision {
  unit?: UnitRef;
  assistants: UnitRef[];
  /** with no responsible subject: whom the person who coordinates is offered */
  proposed?: UnitRef;
  candidates: Candidate[];
  why: Names;
}

export type Condition = Candidate['conditions'][number];

const NOTHING = '—';

/**
 * Who is responsible (SPEC section 2): the maintainer or owner of the part, then a duty by area and condition, then
 * a duty by class. One lead; assistants by duty. Every candidate is listed with the conditions that held and failed.
 * Without a lead there is no unit: the territorial subdistrict is proposed (属地管理), never decided.
 * No input or output; the same facts in any order give the same decision.
 */
export function resolveUnit(facts: ResolutionFacts): UnitDecision {
  const duties = facts.duties
    .filter((duty) => isNear(duty, facts.divisions))
    .sort(compareDuties)
    .map((duty) => weighDuty(duty, facts));
  const weighed = [
    ...weighStewards(facts),
    ...duties.filter(isByCondition),
    ...duties.filter((one) => !isByCondition(one)),
  ];
  const lead = weighed.find((candidate) => candidate.role === 'lead' && candidate.applies);
  const assistants = new Map(
    weighed
      .filter(({ role, applies, unit }) => role === 'assist' && applies && unit.code !== lead?.unit.code)
      .map(({ unit }) => [unit.code, unit]),
  );
  const proposal = lead ? undefined : proposeTerritory(facts.territorial);
  const candidates = proposal ? [...weighed, proposal] : weighed;
  return {
    ...(lead ? { unit: lead.unit } : {}),
    assistants: [...assistants.values()],
    ...(proposal ? { proposed: proposal.unit } : {}),
    candidates,
    why: explainResolution(lead, facts, proposal?.unit),
  };
}

/** What another area answers for in general is no candidate here; what it answers for by class is one that failed. */
function isNear({ class: classId, area }: Duty, divisions: readonly string[]): boolean {
  return classId !== undefined || area === undefined || divisions.includes(area);
}

/** The maintainer before the owner, unless the maintenance period is over: then the part is back with its owner. */
function weighStewards({ part, today, duties }: ResolutionFacts): Candidate[] {
  if (!part) return [];
  const { owner, maintainer, maintenanceUntil } = part;
  const weigh = (steward: Steward, rule: 'part-maintainer' | 'part-owner', more: Condition[]): Candidate => {
    const conditions: Condition[] = [
      ...more,
      {
        name: 'unit-known',
        expected: steward.name || steward.code,
        actual: steward.unit?.name.zh ?? NOTHING,
        holds: steward.unit !== undefined,
      },
    ];
    const duty = duties.find(({ unit, role }) => unit.code === steward.code && role === 'lead');
    return {
      unit: steward.unit ?? { code: steward.code, name: { zh: steward.name, en: steward.name }, phone: '' },
      role: 'lead',
      rule,
      applies: conditions.every(({ holds }) => holds),
      conditions,
      quote: duty?.quote ?? '',
      basis: duty?.basis ?? 'register',
    };
  };
  const period: Condition[] =
    maintenanceUntil === undefined
      ? []
      : [
          {
            name: 'in-maintenance',
            expected: `≥ ${today}`,
            actual: maintenanceUntil,
            holds: maintenanceUntil >= today,
          },
        ];
  return [
    ...(maintainer ? [weigh(maintainer, 'part-maintainer', period)] : []),
    ...(owner ? [weigh(owner, 'part-owner', [])] : []),
  ];
}

function weighDuty(duty: Duty, facts: ResolutionFacts): Candidate {
  const conditions = [
    ...validity(duty, facts.today),
    ...(duty.area === undefined ? [] : [inArea(duty.area, facts.divisions)]),
    ...(duty.ownerCondition === undefined ? [] : stewardship(duty.ownerCondition, duty.unit, facts)),
    ...(duty.place === undefined ? [] : [equal('place', duty.place, facts.place)]),
    ...(duty.channel === undefined ? [] : [equal('channel', duty.channel, facts.channel)]),
  ];
  return {
    unit: duty.unit,
    role: duty.role,
    rule: countConditions(duty) > 0 ? 'duty-by-area-and-condition' : 'duty-by-class',
    applies: conditions.every(({ holds }) => holds),
    conditions,
    quote: duty.quote,
    basis: duty.basis,
  };
}

function isByCondition({ rule }: Candidate): boolean {
  return rule === 'duty-by-area-and-condition';
}

/** Days are compared as text: `2026-10-16` sorts as it counts. */
function validity({ validFrom, validTo }: Duty, today: string): Condition[] {
  const started = validFrom <= today;
  const over = validTo !== undefined && validTo <= today;
  if (started && !over) return [];
  return [{ name: 'valid', expected: `[${validFrom}, ${validTo ?? '∞'})`, actual: today, holds: false }];
}

function inArea(area: string, divisions: readonly string[]): Condition {
  return {
    name: 'area',
    expected: area,
    actual: divisions.at(-1) ?? NOTHING,
    holds: divisions.includes(area),
  };
}

function equal(name: string, expected: string, actual: string | undefined): Condition {
  return { name, expected, actual: actual ?? NOTHING, holds: actual === expected };
}

function stewardship(
  condition: OwnerCondition,
  unit: UnitRef,
  { part, today }: ResolutionFacts,
): Condition[] {
  const steward = condition === 'owner' ? part?.owner : part?.maintainer;
  const holder: Condition = {
    name: condition,
    expected: unit.name.zh,
    actual: steward ? steward.name || steward.code : NOTHING,
    holds: steward?.code === unit.code,
  };
  if (condition !== 'builder-in-maintenance') return [holder];
  const until = part?.maintenanceUntil;
  return [
    holder,
    {
      name: 'in-maintenance',
      expected: `≥ ${today}`,
      actual: until ?? NOTHING,
      holds: until !== undefined && until >= today,
    },
  ];
}

/** By priority; then the one that asks for more, the smaller area, and at last the code, so that nothing is chance. */
function compareDuties(a: Duty, b: Duty): number {
  return (
    b.priority - a.priority ||
    Number(a.class === undefined) - Number(b.class === undefined) ||
    countConditions(b) - countConditions(a) ||
    (b.area?.length ?? 0) - (a.area?.length ?? 0) ||
    compareText(a.unit.code, b.unit.code) ||
    a.id - b.id
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function countConditions({ area, ownerCondition, place, channel }: Duty): number {
  return [area, ownerCondition, place, channel].filter((condition) => condition !== undefined).length;
}

function proposeTerritory(unit: UnitRef | undefined): Candidate | undefined {
  if (!unit) return undefined;
  return {
    unit,
    role: 'lead',
    rule: 'territorial-proposal',
    applies: true,
    conditions: [],
    quote: '属地管理、责随权走、责任主体唯一',
    basis: 'real',
  };
}
