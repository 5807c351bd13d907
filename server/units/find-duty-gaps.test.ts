import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { findDutyGaps, PLACES, type GapPlace, type GapQuestion } from './find-duty-gaps.ts';
import { resolveUnit, type Duty } from './resolve-unit.ts';
import { buildDivisionTree, spreadOverDivisions } from './spread-over-divisions.ts';

const DAY = '2026-10-16';
const divisions = [
  '620103',
  '620103001',
  '620103001001',
  '620103001002',
  '620103002',
  '620103002001',
  '620103003',
];
/** Where somebody can stand: communities, and the subdistrict that has none. */
const places = ['620103001001', '620103001002', '620103002001', '620103003'];
const chainOf = (code: string) => [6, 9, 12].filter((n) => n <= code.length).map((n) => code.slice(0, n));

let nextId = 1;
function lead(code: string, more: Partial<Duty> = {}): GapQuestion['duties'][number] {
  const unit = { code, name: { zh: code, en: code }, phone: '' };
  return {
    kind: 'event',
    duty: {
      id: nextId++,
      unit,
      class: 'E1',
      priority: 10,
      role: 'lead',
      validFrom: '2012-01-01',
      basis: '',
      quote: '',
      ...more,
    },
  };
}
const ask = (
  duties: GapQuestion['duties'],
  classes: GapQuestion['classes'] = [{ id: 'E1', kind: 'event' }],
) => findDutyGaps({ on: DAY, classes, divisions, duties });

describe('holes', () => {
  it('are told of the largest division that has them all over', () => {
    expect(ask([]).holes).toEqual([{ class: 'E1', division: '620103', places: [...PLACES] }]);
    expect(ask([lead('a', { area: '620103001' })]).holes.map(({ division }) => division)).toEqual([
      '620103002',
      '620103003',
    ]);
    expect(ask([lead('a', { area: '620103001002' }), lead('b', { area: '620103002' })]).holes).toMatchObject([
      { division: '620103001001' },
      { division: '620103003' },
    ]);
    expect(ask([lead('a')]).holes).toEqual([]);
  });

  it('name the kinds of place where only some are answered for', () => {
    expect(ask([lead('a', { place: 'footway' })]).holes).toEqual([
      { class: 'E1', division: '620103', places: ['carriageway', 'elsewhere'] },
    ]);
    const parking = [lead('a', { place: 'footway' }), lead('b', { place: 'carriageway', area: '620103001' })];
    expect(ask(parking).holes).toEqual([
      { class: 'E1', division: '620103', places: ['elsewhere'] },
      { class: 'E1', division: '620103002', places: ['carriageway'] },
      { class: 'E1', division: '620103003', places: ['carriageway'] },
    ]);
  });

  it('are not filled by assistants, closed units, another channel, or a part’s owner', () => {
    const closed = { code: 'c', name: { zh: 'c', en: 'c' }, phone: '', closedAt: DAY };
    for (const more of [
      { role: 'assist' as const },
      { unit: closed },
      { channel: 'subdistrict-video' },
      { ownerCondition: 'owner' as const },
      { validTo: DAY },
    ]) {
      expect(ask([lead('a', more)]).holes, JSON.stringify(more)).toHaveLength(1);
    }
  });
});

describe('overlaps', () => {
  it('are leads of different units with one priority', () => {
    const twice = [lead('a'), lead('b')];
    expect(ask(twice).overlaps).toEqual([
      {
        class: 'E1',
        division: '620103',
        places: [...PLACES],
        channel: undefined,
        duties: twice.map(({ duty }) => duty.id),
        decided: 'number',
      },
    ]);
    expect(ask([lead('a'), lead('a')]).overlaps).toEqual([]);
    expect(ask([lead('a'), lead('b', { priority: 11 })]).overlaps).toEqual([]);
    expect(ask([lead('a'), lead('b', { area: '620103' })]).overlaps).toEqual([]);
  });

  it('say where, and that the smaller area decides', () => {
    const nested = [lead('a', { area: '620103' }), lead('b', { area: '620103001' })];
    expect(ask(nested).overlaps).toMatchObject([
      { division: '620103001', duties: [nested[1]?.duty.id, nested[0]?.duty.id], decided: 'rank' },
    ]);
  });

  it('are found under a channel that duties name', () => {
    const video = { class: undefined, channel: 'subdistrict-video', area: '620103002', priority: 50 };
    expect(ask([lead('a', video), lead('b', video), lead('c')]).overlaps).toMatchObject([
      { division: '620103002', channel: 'subdistrict-video', decided: 'number' },
    ]);
  });
});

test('what is told of a division is what all leaves in it share and its parent does not', () => {
  const tree = buildDivisionTree(divisions);
  expect(tree.leaves.map((at) => tree.codes[at])).toEqual(places);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 4, maxLength: 4 }), (bits) => {
      const told = new Map(spreadOverDivisions(tree, bits).map((mask, at) => [tree.codes[at], mask]));
      places.forEach((code, index) => {
        const chain = chainOf(code).map((one) => told.get(one) ?? 0);
        expect(chain.reduce((a, b) => a | b, 0)).toBe(bits[index]);
        // Each bit once on the way down.
        expect(chain.reduce((a, b) => a + b, 0)).toBe(bits[index]);
      });
    }),
  );
});

const anyLead = fc
  .record({
    unit: fc.constantFrom('a', 'b', 'c'),
    closed: fc.boolean(),
    class: fc.constantFrom('E1', 'E2', undefined),
    area: fc.constantFrom(undefined, ...divisions),
    place: fc.constantFrom(undefined, 'carriageway', 'footway'),
    channel: fc.constantFrom(undefined, undefined, 'subdistrict-video'),
    ownerCondition: fc.constantFrom(undefined, undefined, 'owner' as const),
    priority: fc.integer({ min: 0, max: 2 }),
    role: fc.constantFrom('lead' as const, 'lead' as const, 'assist' as const),
    kind: fc.constantFrom('event' as const, 'part' as const),
  })
  .map(({ unit: code, closed, kind, ...more }) => ({
    ...lead(code, {
      ...more,
      unit: {
        code,
        name: { zh: code, en: code },
        phone: '',
        ...(closed && code === 'c' ? { closedAt: '2020-01-01' } : {}),
      },
    }),
    // A duty of a class is of its kind.
    kind: more.class === undefined ? kind : ('event' as const),
  }));

test('agree with resolution asked for every community, class, kind of place and channel', () => {
  const classes = ['E1', 'E2'].map((id) => ({ id, kind: 'event' as const }));
  fc.assert(
    fc.property(fc.array(anyLead, { maxLength: 7 }), (given) => {
      const gaps = ask(given, classes);
      const inOne =
        (one: { class: string; division: string; places: GapPlace[] }) =>
        (id: string, at: string, place: GapPlace) =>
          one.class === id && at.startsWith(one.division) && one.places.includes(place);
      for (const { id } of classes) {
        const duties = given
          .filter(({ duty, kind }) => (duty.class === undefined ? kind === 'event' : duty.class === id))
          .map(({ duty }) => duty);
        for (const at of places) {
          for (const place of PLACES) {
            const decide = (channel: string | undefined, of: readonly Duty[] = duties) =>
              resolveUnit({
                class: id,
                today: DAY,
                divisions: chainOf(at),
                place: place === 'elsewhere' ? undefined : place,
                channel,
                duties: of,
              });
            const told = gaps.holes.filter((one) => inOne(one)(id, at, place));
            expect(told.length).toBe(decide(undefined).unit ? 0 : 1);

            const overlaps = gaps.overlaps.filter((one) => inOne(one)(id, at, place));
            for (const channel of [undefined, 'subdistrict-video']) {
              const here = overlaps.filter((one) => one.channel === channel);
              const { unit, winner, candidates } = decide(channel);
              for (const { duties: numbers, decided } of here) {
                const first = given.find(({ duty }) => duty.id === numbers[0])?.duty;
                expect(first?.unit.code).toBe(unit?.code);
                // Without the winner's unit the next in the overlap wins, by the same rule.
                const others = duties.filter((duty) => duty.unit.code !== unit?.code);
                const second = given.find(({ duty }) => duty.id === numbers[1])?.duty;
                expect(decide(channel, others).unit?.code).toBe(second?.unit.code);
                expect(['rank', 'number']).toContain(decided);
              }
              // Nobody told: the next unit, if any, has a lower priority or is asked at another turn.
              if (winner === undefined || channel !== undefined || here.length > 0) continue;
              const lead = duties.filter((duty) => duty.unit.code === unit?.code);
              const others = duties.filter((duty) => duty.unit.code !== unit?.code);
              const next = decide(channel, others);
              if (next.winner === undefined) continue;
              const turn = candidates[winner]?.rule;
              const best = (of: readonly Duty[], rule: string | undefined) =>
                Math.max(
                  ...of
                    .filter((duty) => {
                      const alone = decide(channel, [duty]);
                      return alone.unit && alone.candidates[alone.winner ?? 0]?.rule === rule;
                    })
                    .map(({ priority }) => priority),
                );
              expect(best(others, turn)).not.toBe(best(lead, turn));
            }
          }
        }
      }
    }),
    { numRuns: 400 },
  );
});
