import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sql from 'sql-template-tag';
import type { Database } from '../../server/db/database.ts';
import { projectRoot } from '../../server/project-root.ts';
import { dutyChannel, resolveUnit } from '../../server/units/service.ts';
import { engines, openTestDatabase } from '../support/test-database.ts';

const at = new Date('2026-10-16T02:00:00Z');
const truthFolder = join(projectRoot, 'data/qilihe/truth');

interface Truth {
  objects: {
    id: string;
    class: string;
    incident: boolean;
    position: { lon: number; lat: number };
    partCode?: string;
  }[];
}

describe.each(engines)('who is responsible on %s', (engine) => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestDatabase(engine);
  });
  afterAll(() => db.close());

  test('two drains two metres apart belong to two units, until the maintenance of one ends', async () => {
    const { rows } = await db.query<{ code: string; lon: number; lat: number; metres: number }>(sql`
      select p.code, st_x(p.geom) as lon, st_y(p.geom) as lat,
        st_distance(p.geom::geography, (select geom::geography from parts where code = '62010301003000001')) as metres
      from parts p
      where p.code in ('62010301003000001', '62010301003000002')
      order by p.code`);
    const [first, second] = rows;
    if (!first || !second) throw new Error('the two drains are missing');
    expect(second.metres).toBeCloseTo(2, 1);
    const of = async (position: { lon: number; lat: number }, when = at) =>
      resolveUnit(db, { class: 'P01003', position, at: when });
    expect((await of(first)).unit?.code).toBe('planning');
    expect((await of(second)).unit?.code).toBe('invest');
    const shift = { lon: second.lon + 0.000003, lat: second.lat };
    expect((await of(shift)).part?.code).toBe(second.code);
    const given = await resolveUnit(db, { class: 'P01003', position: second, part: first.code, at });
    expect(given.unit?.code).toBe('planning');
    expect((await of(second, new Date('2031-01-01T02:00:00Z'))).candidates[0]).toMatchObject({
      rule: 'part-maintainer',
      applies: false,
    });
  });

  test('a car on the footway and one on the carriageway go to different bureaus', async () => {
    for (const [kind, code] of [
      ['footway', 'enforcement'],
      ['carriageway', 'police'],
    ]) {
      const { rows } = await db.query<{ lon: number; lat: number }>(sql`
        select st_x(p) as lon, st_y(p) as lat
        from (select st_pointonsurface(geom) as p from surfaces where kind = ${kind} order by id limit 5) spots`);
      for (const position of rows) {
        const decision = await resolveUnit(db, { class: 'E09009', position, at });
        expect([decision.place, decision.unit?.code]).toEqual([kind, code]);
      }
    }
  });

  test('a vagrant is led by civil affairs with the police beside them', async () => {
    const position = { lon: 103.7608273, lat: 36.0634948 };
    const decision = await resolveUnit(db, { class: 'E09003', position, at });
    expect(decision.unit?.code).toBe('civil-affairs');
    expect(decision.assistants.map(({ code }) => code)).toEqual(['police']);
    expect(decision.candidates[decision.winner ?? -1]?.unit.code).toBe('civil-affairs');
  });

  test('what a subdistrict’s own video room sees is the subdistrict’s own, elsewhere not', async () => {
    const position = { lon: 103.7608273, lat: 36.0634948 };
    const place = { subdistrictCode: '620103005' };
    const room = (code: string) => dutyChannel('video', { kind: 'subdistrict', code }, place);
    expect(room('620103005')).toBe('subdistrict-video');
    expect(room('620103001')).toBe('video');
    expect(dutyChannel('video', { kind: 'district', code: '620103' }, place)).toBe('video');
    expect(dutyChannel('hotline', { kind: 'subdistrict', code: '620103005' }, place)).toBe('hotline');
    const seen = (channel: string) => resolveUnit(db, { class: 'E09001', position, channel, at });
    const own = await seen(room('620103005'));
    expect([own.unit?.code, own.candidates[own.winner ?? -1]?.rule]).toEqual([
      'xizhan',
      'duty-by-area-and-condition',
    ]);
    expect(own.why.zh).toContain('由街道自有视频监控发现');
    const centre = await seen('video');
    expect(centre.unit?.code).toBe('enforcement');
    const passed = centre.candidates.find(({ unit }) => unit.code === 'xizhan');
    expect(passed?.conditions.find(({ holds }) => !holds)?.text?.zh).toBe(
      '限于街道自有视频监控发现的问题，此件来自视频监控',
    );
  });

  test('a duty holds from midnight of its first day to the midnight before its last', async () => {
    const position = { lon: 103.7608273, lat: 36.0634948 };
    await db.query(sql`
      update duties set valid_from = '2026-10-20', valid_to = '2026-10-22' where class_id = 'E06026'`);
    const unitAt = async (instant: string) =>
      (await resolveUnit(db, { class: 'E06026', position, at: new Date(instant) })).unit?.code;
    expect(await unitAt('2026-10-19T15:59:59.999Z')).toBeUndefined();
    expect(await unitAt('2026-10-19T16:00:00.000Z')).toBe('environment');
    expect(await unitAt('2026-10-21T15:59:59.999Z')).toBe('environment');
    expect(await unitAt('2026-10-21T16:00:00.000Z')).toBeUndefined();
  });

  test('a part of another class or farther than 15 m does not decide', async () => {
    const { rows } = await db.query<{ lon: number; lat: number }>(sql`
      select st_x(p.geom) as lon, st_y(p.geom) as lat
      from parts p
      where p.class_id <> 'P01003' and not exists (
        select 1 from parts d
        where d.class_id = 'P01003' and st_dwithin(d.geom::geography, p.geom::geography, 16)
      )
      order by p.code
      limit 1`);
    const position = rows[0] ?? { lon: 0, lat: 0 };
    const decision = await resolveUnit(db, { class: 'P01003', position, at });
    expect(decision.part).toBeUndefined();
    expect(decision.unit?.code).toBe('planning');
  });

  test('without a rule the territory is proposed', async () => {
    await db.query(sql`delete from duties where class_id = 'E09009'`);
    const decision = await resolveUnit(db, {
      class: 'E09009',
      position: { lon: 103.7608273, lat: 36.0634948 },
      at,
    });
    expect(decision.unit).toBeUndefined();
    expect(decision.proposed?.code).toBe('xizhan');
    expect(decision.candidates.at(-1)?.rule).toBe('territorial-proposal');
  });

  test.runIf(existsSync(truthFolder))(
    'every incident that the cameras show has a unit and a limit',
    async () => {
      let incidents = 0;
      for (const file of readdirSync(truthFolder)) {
        const truth = JSON.parse(readFileSync(join(truthFolder, file), 'utf8')) as Truth;
        for (const { id, class: classId, incident, position, partCode } of truth.objects) {
          if (!incident || classId === 'E09009') continue;
          incidents += 1;
          const decision = await resolveUnit(db, { class: classId, position, part: partCode, at });
          expect(decision.unit, `${file} ${id} ${classId}`).toBeDefined();
        }
      }
      expect(incidents).toBeGreaterThan(0);
    },
  );
});
