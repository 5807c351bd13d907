import { describe, expect, test } from 'vitest';
import { readCsv } from './district/csv.ts';

const read = (path: string): Record<string, string>[] => readCsv(new URL(path, import.meta.url));
const classes = read('./dictionary/classes.csv');
const limits = read('./dictionary/class-limits.csv');
const crosswalk = read('./dictionary/crosswalk-2013-2026.csv');
const units = read('./units.csv');
const duties = read('./duties.csv');
const divisions = new Set(read('./source/divisions.csv').map((row) => row.code));
const byId = new Map(classes.map((row) => [row.id ?? '', row]));
const current = classes.filter((row) => row.edition === '2026');

/** Classes nobody answers for, on purpose: see README.md. */
const WITHOUT_DUTY = ['E07004', 'E09014', 'E09018'];

describe('classes', () => {
  test('are three generations, the 2026 one with 153 parts and 97 events', () => {
    expect(new Set(classes.map((row) => row.edition))).toEqual(new Set(['2007', '2013', '2026']));
    expect(byId.size).toBe(classes.length);
    expect(current.filter((row) => row.kind === 'part')).toHaveLength(153);
    expect(current.filter((row) => row.kind === 'event')).toHaveLength(97);
  });

  test('all have names in both languages, a stance and initials to type', () => {
    for (const row of classes) {
      expect(row.minor_zh).not.toBe('');
      expect(row.minor_en).toMatch(/^[A-Z]/);
      expect(row.pinyin).toMatch(/^[a-z0-9]+$/);
      expect(['upright', 'flat']).toContain(row.stance);
    }
    expect(byId.get('P01003')).toMatchObject({ minor_zh: '雨水井盖', pinyin: 'ysjg', stance: 'flat' });
    expect(byId.get('E09001')).toMatchObject({ stance: 'upright' });
  });

  test('of 2013 all stand in the crosswalk, to a 2026 class or to none', () => {
    expect(new Set(crosswalk.map((row) => row.class_2013))).toEqual(
      new Set(classes.filter((row) => row.edition === '2013').map((row) => row.id)),
    );
    for (const row of crosswalk) {
      const [from, to] = [byId.get(row.class_2013 ?? ''), byId.get(row.class_2026 ?? '')];
      if (row.basis === 'none') expect(row.class_2026).toBe('');
      else expect(to?.edition).toBe('2026');
      if (row.basis === 'same-name') expect(to?.minor_zh).toBe(from?.minor_zh);
      if (row.basis === 'reviewed') expect(row.note).not.toBe('');
    }
  });
});

describe('limits', () => {
  test('every class has one default condition and no condition twice', () => {
    for (const { id } of current) {
      const own = limits.filter((row) => row.class === id);
      expect(
        own.filter((row) => row.is_default === 'true'),
        id,
      ).toHaveLength(1);
      expect(new Set(own.map((row) => `${row.condition_zh}|${row.place}`)).size).toBe(own.length);
    }
    expect(limits.every((row) => byId.get(row.class ?? '')?.edition === '2026')).toBe(true);
  });

  test('are said in both languages, in units the clock knows', () => {
    const known = ['minute', 'urgent_hour', 'urgent_day', 'hour', 'day', 'work_day'];
    for (const row of limits) {
      expect(known).toContain(row.unit);
      expect(Number(row.amount)).toBeGreaterThan(0);
      expect([row.condition_en, row.closing_condition_zh, row.closing_condition_en]).not.toContain('');
      expect(row.stance).toBe(byId.get(row.class ?? '')?.stance);
    }
  });

  test('a missing cover is urgent on a carriageway or footway and nowhere else', () => {
    const missing = limits.filter((row) => row.class === 'P01003' && row.condition_zh?.startsWith('缺失'));
    expect(missing.map((row) => [row.place, row.urgent])).toEqual([
      ['', 'false'],
      ['carriageway', 'true'],
      ['footway', 'true'],
    ]);
  });
});

describe('units and duties', () => {
  test('units are the 25 of the source and the invented ones, with telephone numbers nobody has', () => {
    expect(units.filter((row) => row.basis === 'real')).toHaveLength(25);
    expect(new Set(units.map((row) => row.code)).size).toBe(units.length);
    for (const row of units) {
      expect(row.phone).toMatch(/^0931-0000\d{3}$/);
      expect([row.name_en, row.leader, row.acceptance_clerk]).not.toContain('');
    }
    const territorial = new Set(units.map((row) => row.subdistrict).filter(Boolean));
    expect(territorial).toEqual(new Set([...divisions].filter((code) => code?.length === 9)));
  });

  test('duties name units, classes and areas that exist', () => {
    const known = new Set(units.map((row) => row.code));
    for (const row of duties) {
      expect(known.has(row.unit_code)).toBe(true);
      if (row.class) expect(byId.get(row.class)).toMatchObject({ edition: '2026', kind: row.kind });
      else expect(row.channel).toBe('subdistrict-video');
      if (row.area) expect(divisions.has(row.area)).toBe(true);
      expect(['source', 'invented']).toContain(row.basis);
      expect(row.quote !== '').toBe(row.basis === 'source');
    }
  });

  test('every class has an unconditional lead but for the ones left out on purpose', () => {
    const free = duties.filter(
      (row) => row.role === 'lead' && !row.owner_condition && !row.place && !row.area,
    );
    const led = new Set(free.map((row) => row.class));
    expect(current.map((row) => row.id).filter((id) => !led.has(id))).toEqual(WITHOUT_DUTY);
  });

  test('the conditional duties of the source are told apart', () => {
    const of = (classId: string): string[] =>
      duties
        .filter((row) => row.class === classId)
        .map((row) => [row.unit_code, row.role, row.owner_condition || row.place].filter(Boolean).join(' '));
    expect(of('P01003')).toEqual(['invest lead builder-in-maintenance', 'planning lead']);
    expect(of('E09009')).toEqual(['enforcement lead footway', 'police lead carriageway', 'police lead']);
    expect(of('E09003')).toEqual(['civil-affairs lead', 'police assist']);
    expect(of('E06028')).toEqual(['environment lead']);
    expect(of('E08001')).toEqual(['enforcement lead']);
    expect(of('E06010')).toEqual(['enforcement lead', 'sanitation assist']);
  });
});
