import { describe, expect, test } from 'vitest';
import { readCsv } from './district/csv.ts';

const read = (path: string): Record<string, string>[] => readCsv(new URL(path, import.meta.url));
const classes = read('./dictionary/classes.csv');
const limits = read('./dictionary/class-limits.csv');
const crosswalks = [
  { from: '2007', to: '2013', rows: read('./dictionary/crosswalk-2007-2013.csv') },
  { from: '2013', to: '2026', rows: read('./dictionary/crosswalk-2013-2026.csv') },
];
const units = read('./units.csv');
const duties = read('./duties.csv');
const divisions = new Set(read('./source/divisions.csv').map((row) => row.code));
const byId = new Map(classes.map((row) => [row.id ?? '', row]));
const current = classes.filter((row) => row.edition === '2026');

/** Classes nobody answers for, on purpose: see README.md. */
const WITHOUT_DUTY = ['E07004', 'E09014', 'E09018'];

/** Codes of 2007 whose digits mean much the same in 2013 under another name. */
const KEPT_DIGITS = ['P0107', 'P0304', 'P0305', 'P0306', 'P0307', 'P0407', 'P0409', 'E0203'].map(
  (id) => `2007:${id}`,
);

function expectGoodSuccessor(row: Record<string, string>, edition: string, next: string): void {
  const [from, to] = [byId.get(row.from ?? ''), byId.get(row.to ?? '')];
  const place = `${row.from} ${row.to}`;
  expect(from?.edition, place).toBe(edition);
  expect(['same', 'renamed', 'wider', 'narrower', 'split', 'none'], place).toContain(row.relation);
  expect(row.reviewed, place).toBe('true');
  if (row.relation === 'none') expect(row.to, place).toBe('');
  else expect(to?.edition, place).toBe(next);
  if (row.relation === 'same') expect(to?.minor_zh, place).toBe(from?.minor_zh);
  if (row.relation === 'renamed') expect(to?.minor_zh, place).not.toBe(from?.minor_zh);
  if (row.relation !== 'same') expect(row.note, place).not.toBe('');
}

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

  test('of 2007 and 2013 all stand in the crosswalk, to a class of the next edition or to none', () => {
    for (const { from: edition, to: next, rows } of crosswalks) {
      expect(new Set(rows.map((row) => row.from))).toEqual(
        new Set(classes.filter((row) => row.edition === edition).map((row) => row.id)),
      );
      expect(new Set(rows.map((row) => `${row.from} ${row.to}`)).size).toBe(rows.length);
      for (const row of rows) expectGoodSuccessor(row, edition, next);
    }
  });

  test('go from 2007 to 2026 directly only where the way over 2013 loses something', () => {
    const direct = read('./dictionary/crosswalk-2007-2026.csv');
    const exact = (rows: Record<string, string>[], id: string) =>
      rows.filter((row) => row.from === id && (row.relation === 'same' || row.relation === 'renamed'));
    for (const row of direct) {
      expectGoodSuccessor(row, '2007', '2026');
      const over = crosswalks.map(({ rows }) => rows);
      const arrives = exact(over[0] ?? [], row.from ?? '').flatMap((step) =>
        (over[1] ?? []).filter((second) => second.from === step.to && second.relation === 'same'),
      );
      if (row.relation === 'same') expect(arrives, row.from).toEqual([]);
    }
  });

  test('96 codes changed their name between 2007 and 2013, and the crosswalk follows the meaning', () => {
    const later = new Map(
      classes
        .filter((row) => row.edition === '2013')
        .map((row) => [`${row.kind}${row.major_code}${row.minor_code}`, row]),
    );
    const shared = classes
      .filter((row) => row.edition === '2007')
      .flatMap((row) => {
        const same = later.get(`${row.kind}${row.major_code}${row.minor_code}`);
        return same ? [{ row, same }] : [];
      });
    const renamed = shared.filter(({ row, same }) => row.minor_zh !== same.minor_zh);
    expect([shared.length, renamed.length]).toEqual([118, 96]);
    // Of those 96 the digits still mean the same in these alone: the name was only written otherwise, or means more.
    const rows = crosswalks[0]?.rows ?? [];
    const kept = renamed.filter(({ row, same }) =>
      rows.some((one) => one.from === row.id && one.to === same.id),
    );
    expect(kept.map(({ row }) => row.id)).toEqual(KEPT_DIGITS);
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
