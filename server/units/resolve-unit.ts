import type { Names } from '#contract/shared';
import type { Candidate } from '#contract/units';
import { explainResolution } from './explain-resolution.ts';
import {
  condition,
  inMaintenance,
  isClosed,
  openness,
  toCandidateUnit,
  weighDuties,
  type Condition,
} from './weigh-duty.ts';

export interface UnitRef {
  code: string;
  name: Names;
  phone: string;
  /** the first day on which it takes nothing any more */
  closedAt?: string | undefined;
}

export type OwnerCondition = 'owner' | 'maintainer' | 'builder-in-maintenance';

/** A row of the duties: a unit answers for a class, perhaps only under conditions. */
export interface Duty {
  id: number;
  unit: UnitRef;
  /** absent: every class of the kind */
  class?: string | undefined;
  area?: string | undefined;
  areaName?: Names | undefined;
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
  unit?: Candidate['unit'];
  assistants: Candidate['unit'][];
  /** with no responsible subject: whom the person who coordinates is offered */
  proposed?: Candidate['unit'];
  candidates: Candidate[];
  /** which of the candidates decided */
  winner?: number;
  why: Names;
}

/**
 * Who is responsible (SPEC section 2): the maintainer or owner of the part, then a duty by area and condition, then
 * a duty by class. One lead; assistants by duty. Every candidate is listed with the conditions that held and failed:
 * a unit that is closed, or a duty out of its days, is passed over and says so. Without a lead there is no unit: the
 * territorial subdistrict is proposed (属地管理), never decided.
 * No input or output; the same facts in any order give the same decision.
 */
export function resolveUnit(facts: ResolutionFacts): UnitDecision {
  const weighed = [...weighStewards(facts), ...weighDuties(facts).map(({ candidate }) => candidate)];
  const winner = weighed.findIndex((candidate) => candidate.role === 'lead' && candidate.applies);
  const lead = weighed[winner];
  const assistants = new Map(
    weighed
      .filter(({ role, applies, unit }) => role === 'assist' && applies && unit.code !== lead?.unit.code)
      .map(({ unit }) => [unit.code, unit]),
  );
  const proposal = lead ? undefined : proposeTerritory(facts);
  return {
    ...(lead ? { unit: lead.unit, winner } : {}),
    assistants: [...assistants.values()],
    ...(proposal?.applies ? { proposed: proposal.unit } : {}),
    candidates: proposal ? [...weighed, proposal] : weighed,
    why: explainResolution(lead, facts, proposal?.applies ? proposal.unit : undefined),
  };
}

/** The maintainer before the owner, unless the maintenance period is over: then the part is back with its owner. */
function weighStewards({ part, today, duties }: ResolutionFacts): Candidate[] {
  if (!part) return [];
  const { owner, maintainer, maintenanceUntil } = part;
  const weigh = (steward: Steward, rule: 'part-maintainer' | 'part-owner', more: Condition[]): Candidate => {
    const conditions: Condition[] = [
      ...more,
      condition(
        {
          name: 'unit-known',
          expected: steward.name || steward.code,
          actual: steward.unit?.name.zh ?? '—',
          holds: steward.unit !== undefined,
        },
        steward.unit?.name,
      ),
      ...(steward.unit ? openness(steward.unit, today) : []),
    ];
    const duty = duties.find(({ unit, role }) => unit.code === steward.code && role === 'lead');
    return {
      unit: toCandidateUnit(
        steward.unit ?? { code: steward.code, name: { zh: steward.name, en: steward.name }, phone: '' },
      ),
      role: 'lead',
      rule,
      applies: conditions.every(({ holds }) => holds),
      conditions,
      quote: duty?.quote ?? '',
      basis: duty?.basis ?? 'register',
    };
  };
  const period = maintenanceUntil === undefined ? [] : [inMaintenance(maintenanceUntil, today)];
  return [
    ...(maintainer ? [weigh(maintainer, 'part-maintainer', period)] : []),
    ...(owner ? [weigh(owner, 'part-owner', [])] : []),
  ];
}

/** A closed one is named, so that it can be seen why nobody is proposed. */
function proposeTerritory({ territorial: unit, today }: ResolutionFacts): Candidate | undefined {
  if (!unit) return undefined;
  return {
    unit: toCandidateUnit(unit),
    role: 'lead',
    rule: 'territorial-proposal',
    applies: !isClosed(unit, today),
    conditions: openness(unit, today),
    quote: '属地管理、责随权走、责任主体唯一',
    basis: 'real',
  };
}
