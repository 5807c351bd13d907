import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { resolveUnit, type Duty, type ResolutionFacts, type UnitRef } from './resolve-unit.ts';

const unit = (code: string): UnitRef => ({
  code,
  name: { zh: `单位${code}`, en: `Unit ${code}` },
  phone: '1',
});
const units = ['a', 'b', 'c', 'd'].map(unit);
const steward = (code: string) => ({ code, name: `单位${code}`, unit: unit(code) });

let nextId = 1;
function duty(code: string, more: Partial<Duty> = {}): Duty {
  return {
    id: nextId++,
    unit: unit(code),
    class: 'P01003',
    priority: 10,
    role: 'lead',
    validFrom: '2012-01-01',
    basis: 'source',
    quote: '',
    ...more,
  };
}

function facts(more: Partial<ResolutionFacts> = {}): ResolutionFacts {
  return {
    class: 'P01003',
    today: '2026-10-16',
    divisions: ['620103', '620103005', '620103005005'],
    duties: [],
    territorial: unit('street'),
    ...more,
  };
}

describe('the part', () => {
  const part = { code: '1', owner: steward('a'), maintainer: steward('b'), maintenanceUntil: '2026-10-16' };

  it('is its maintainer’s up to the last day of the maintenance period, then its owner’s', () => {
    expect(resolveUnit(facts({ part })).unit?.code).toBe('b');
    const later = resolveUnit(facts({ part, today: '2026-10-17' }));
    expect(later.unit?.code).toBe('a');
    expect(later.candidates[0]).toMatchObject({
      rule: 'part-maintainer',
      applies: false,
      conditions: [{ name: 'in-maintenance', holds: false, actual: '2026-10-16' }, { holds: true }],
    });
  });

  it('goes before every duty', () => {
    const duties = [duty('c', { priority: 99, area: '620103005' }), duty('d', { priority: 99 })];
    expect(resolveUnit(facts({ part, duties })).unit?.code).toBe('b');
  });

  it('does not bind somebody who is no unit', () => {
    const stranger = { code: 'x', name: '某公司' };
    const decision = resolveUnit(facts({ part: { code: '1', owner: stranger }, duties: [duty('c')] }));
    expect(decision.unit?.code).toBe('c');
    expect(decision.candidates[0]).toMatchObject({ unit: { code: 'x' }, applies: false });
  });
});

describe('duties', () => {
  it('under a condition that holds go before those by class, whatever their priority', () => {
    const duties = [duty('a', { priority: 90 }), duty('b', { place: 'footway' })];
    expect(resolveUnit(facts({ duties, place: 'footway' })).unit?.code).toBe('b');
    expect(resolveUnit(facts({ duties, place: 'carriageway' })).unit?.code).toBe('a');
  });

  it('say which condition failed', () => {
    const [candidate] = resolveUnit(
      facts({ duties: [duty('b', { place: 'footway' })], place: 'carriageway' }),
    ).candidates;
    expect(candidate).toMatchObject({
      applies: false,
      conditions: [{ name: 'place', expected: 'footway', actual: 'carriageway', holds: false }],
    });
  });

  it('of a builder last as long as the maintenance of a part that it maintains', () => {
    const duties = [duty('b', { ownerCondition: 'builder-in-maintenance', priority: 40 }), duty('a')];
    const event = (until: string | undefined, code: string) =>
      resolveUnit(
        facts({ duties, part: { code: '1', maintainer: { code, name: code }, maintenanceUntil: until } }),
      ).unit?.code;
    expect(event('2027-01-01', 'b')).toBe('b');
    expect(event('2026-01-01', 'b')).toBe('a');
    expect(event(undefined, 'b')).toBe('a');
    expect(event('2027-01-01', 'c')).toBe('a');
  });

  it('count from their first day to the day before their last', () => {
    const one = [duty('a', { validFrom: '2026-10-16', validTo: '2026-10-17' })];
    const on = (today: string) => resolveUnit(facts({ duties: one, today })).unit?.code;
    expect(['2026-10-15', '2026-10-16', '2026-10-17'].map(on)).toEqual([undefined, 'a', undefined]);
  });

  it('of every class belong to the area they are for', () => {
    const general = duty('a', { class: undefined, area: '620103001', channel: 'subdistrict-video' });
    expect(resolveUnit(facts({ duties: [general], channel: 'subdistrict-video' })).candidates).toHaveLength(
      1,
    );
    const here = { ...general, area: '620103005' };
    expect(resolveUnit(facts({ duties: [here], channel: 'subdistrict-video' })).unit?.code).toBe('a');
    expect(resolveUnit(facts({ duties: [here], channel: 'video' })).unit).toBeUndefined();
  });

  it('of assistants stand beside the lead, never instead of one', () => {
    const assist = duty('b', { role: 'assist' });
    expect(resolveUnit(facts({ duties: [assist, duty('a')] }))).toMatchObject({
      unit: { code: 'a' },
      assistants: [{ code: 'b' }],
    });
    expect(resolveUnit(facts({ duties: [assist] })).unit).toBeUndefined();
  });
});

test('without a rule nobody is responsible, and the territory is proposed', () => {
  const decision = resolveUnit(facts());
  expect(decision.unit).toBeUndefined();
  expect(decision.proposed?.code).toBe('street');
  expect(decision.why.zh).toContain('无责任主体');
  expect(resolveUnit(facts({ territorial: undefined })).proposed).toBeUndefined();
});

/** Any duty, with or without each condition. */
const anyDuty = fc.record({
  id: fc.integer({ min: 1, max: 1_000_000 }),
  unit: fc.constantFrom(...units),
  class: fc.constantFrom('P01003', undefined),
  area: fc.constantFrom(undefined, '620103', '620103005', '620103001'),
  ownerCondition: fc.constantFrom(undefined, 'owner', 'maintainer', 'builder-in-maintenance'),
  place: fc.constantFrom(undefined, 'carriageway', 'footway'),
  channel: fc.constantFrom(undefined, 'video', 'hotline'),
  priority: fc.integer({ min: 0, max: 3 }),
  role: fc.constantFrom('lead', 'assist'),
  validFrom: fc.constantFrom('2012-01-01', '2027-01-01'),
  validTo: fc.constantFrom(undefined, '2020-01-01', '2030-01-01'),
  basis: fc.constant('source'),
  quote: fc.constant(''),
}) satisfies fc.Arbitrary<Duty>;

const anySteward = fc.option(fc.constantFrom(...['a', 'b', 'c'].map(steward), { code: 'x', name: 'x' }), {
  nil: undefined,
});

const anyFacts = fc.record({
  class: fc.constant('P01003'),
  today: fc.constant('2026-10-16'),
  divisions: fc.constant(['620103', '620103005', '620103005005']),
  place: fc.constantFrom(undefined, 'carriageway', 'footway'),
  channel: fc.constantFrom(undefined, 'video'),
  part: fc.option(
    fc.record({
      code: fc.constant('1'),
      owner: anySteward,
      maintainer: anySteward,
      maintenanceUntil: fc.constantFrom(undefined, '2025-01-01', '2027-01-01'),
    }),
    { nil: undefined },
  ),
  duties: fc.uniqueArray(anyDuty, { maxLength: 8, selector: ({ id }) => id }),
  territorial: fc.constantFrom(undefined, unit('street')),
}) satisfies fc.Arbitrary<ResolutionFacts>;

/** Written apart from the module: the rule of SPEC section 2 as a list of questions. */
function expectedLead({ part, duties, ...given }: ResolutionFacts): string | undefined {
  const today = given.today;
  const lasting = part?.maintenanceUntil === undefined || part.maintenanceUntil >= today;
  if (part?.maintainer?.unit && lasting) return part.maintainer.unit.code;
  if (part?.owner?.unit) return part.owner.unit.code;
  const holds = (one: Duty) =>
    one.role === 'lead' &&
    one.validFrom <= today &&
    (one.validTo === undefined || today < one.validTo) &&
    (one.area === undefined || given.divisions.includes(one.area)) &&
    (one.place === undefined || one.place === given.place) &&
    (one.channel === undefined || one.channel === given.channel) &&
    (one.ownerCondition !== 'owner' || part?.owner?.code === one.unit.code) &&
    (one.ownerCondition !== 'maintainer' || part?.maintainer?.code === one.unit.code) &&
    (one.ownerCondition !== 'builder-in-maintenance' ||
      (part?.maintainer?.code === one.unit.code && (part.maintenanceUntil ?? '') >= today));
  const tier = (one: Duty) => ((one.area ?? one.place ?? one.channel ?? one.ownerCondition) ? 0 : 1);
  const held = duties.filter(holds);
  const best = Math.min(...held.map(tier));
  const first = held.filter((one) => tier(one) === best);
  const priority = Math.max(...first.map((one) => one.priority));
  return first.length === 0
    ? undefined
    : `one of ${[...new Set(first.filter((one) => one.priority === priority).map((one) => one.unit.code))].sort().join()}`;
}

test('the lead is the one that the order of SPEC section 2 names', () => {
  fc.assert(
    fc.property(anyFacts, (given) => {
      const lead = resolveUnit(given).unit?.code;
      const expected = expectedLead(given);
      if (expected?.startsWith('one of ')) expect(expected.slice(7).split(',')).toContain(lead);
      else expect(lead).toBe(expected);
    }),
    { numRuns: 3000 },
  );
});

test('the order in which the facts come decides nothing', () => {
  fc.assert(
    fc.property(anyFacts, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (given, random) => {
      const shuffled = [...given.duties]
        .map((one) => ({ one, at: Number(random.next().value) }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one);
      const bare = ({ quote: _q, basis: _b, ...rest }: { quote: string; basis: string }) => rest;
      const strip = (decision: ReturnType<typeof resolveUnit>) => ({
        ...decision,
        candidates: decision.candidates.map(bare),
      });
      expect(strip(resolveUnit({ ...given, duties: shuffled }))).toEqual(strip(resolveUnit(given)));
    }),
  );
});

test('the lead applies, an assistant is somebody else, and nobody decides where something is proposed', () => {
  fc.assert(
    fc.property(anyFacts, (given) => {
      const { unit: lead, assistants, proposed, candidates, why } = resolveUnit(given);
      expect(assistants.map(({ code }) => code)).not.toContain(lead?.code);
      expect(new Set(assistants.map(({ code }) => code)).size).toBe(assistants.length);
      if (lead) expect(proposed).toBeUndefined();
      for (const candidate of candidates) {
        expect(candidate.applies).toBe(candidate.conditions.every(({ holds }) => holds));
      }
      expect(why.zh.length * why.en.length).toBeGreaterThan(0);
    }),
  );
});
