import { randomBytes } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import type { Role, Scope } from '#contract/access';
import { hashPassword } from '../access/service.ts';
import type { Database, Queryable } from '../db/database.ts';
import { claimSetting, findSetting } from '../settings/service.ts';
import { insertSampleUsers, listSampleUsers, savePasswordHashes, type SampleUser } from './repository.ts';
import { readFeatures, readTable } from './read-sample.ts';
import { DivisionProperties, UnitRow } from './sample-rows.ts';

const SETTING = 'sample-passwords';
const FILE = 'demo-accounts.json';

/** argon2id takes 19 MiB and some 30 ms each: two at a time keep a small machine breathing. */
const HASHES_AT_ONCE = 2;

/** The accounts of DESIGN section 11: one per role, one per unit, and per subdistrict its head and a collector. */
const BY_ROLE: [username: string, role: Role, zh: string, en: string][] = [
  ['admin', 'administrator', '系统管理员', 'Administrator'],
  ['clerk', 'intake-clerk', '受理员', 'Intake clerk'],
  ['dispatcher', 'dispatcher', '派遣员', 'Dispatcher'],
  ['operator', 'operator', '视频巡查员', 'Video operator'],
  ['supervisor', 'supervisor', '督办员', 'Supervisor'],
  ['evaluator', 'evaluator', '评价员', 'Evaluator'],
  ['hotline', 'hotline', '民情通坐席', 'Hotline agent'],
  ['collector', 'collector', '信息采集员', 'Collector'],
  ['chief', 'area-head', '区长', 'District chief'],
  ['wall', 'wall', '大屏', 'Wall display'],
];

/** Nobody can enter with a password until `writeSampleAccounts` has made the passwords. */
export async function addSampleAccounts() {
  const users = await listAccounts();
  return {
    count: users.length,
    async insert(tx: Queryable, from: number, to: number) {
      const locked = await hashPassword(randomBytes(32).toString('base64url'));
      await insertSampleUsers(tx, users.slice(from, to), locked);
    },
  };
}

async function listAccounts(): Promise<SampleUser[]> {
  const divisions = await readFeatures('divisions', DivisionProperties);
  const units = await readTable('units.csv', UnitRow);
  const district = divisions.find(({ level }) => level === 'district')?.code ?? '';
  const account = (username: string, role: Role, nameZh: string, nameEn: string, scope: Scope) => ({
    id: uuid(),
    username,
    nameZh,
    nameEn,
    role,
    scope,
  });
  return [
    ...BY_ROLE.map(([username, role, zh, en]) =>
      account(username, role, zh, en, { kind: 'district', code: district }),
    ),
    ...divisions
      .filter(({ level }) => level === 'subdistrict')
      .map(({ code, nameZh, nameEn }) =>
        account(`subdistrict-${code}`, 'area-head', `${nameZh}负责人`, `Head of ${nameEn ?? nameZh}`, {
          kind: 'subdistrict',
          code,
        }),
      ),
    ...divisions
      .filter(({ level }) => level === 'subdistrict')
      .map(({ code, nameZh, nameEn }) =>
        account(`collector-${code}`, 'collector', `${nameZh}信息采集员`, `Collector of ${nameEn ?? nameZh}`, {
          kind: 'subdistrict',
          code,
        }),
      ),
    ...units.map((unit) =>
      account(
        `unit-${unit.code}`,
        'unit-clerk',
        `${unit.name_zh} ${unit.acceptance_clerk}`,
        `${unit.name_en} clerk`,
        {
          kind: 'unit',
          code: unit.code,
        },
      ),
    ),
  ];
}

/**
 * Gives every sample account its own random password, once per database, and writes them to `demo-accounts.json` in
 * the data folder (mode 600: `[{username, password, role, scope}]`). Does nothing when that has been done.
 */
export async function writeSampleAccounts(
  db: Database,
  dataDir: string,
  log: (line: string) => void,
): Promise<void> {
  if ((await findSetting(db, SETTING)) !== undefined) return;
  const users = await listSampleUsers(db);
  if (users.length === 0) return;
  const accounts = users.map(({ username, role, scope }) => ({
    username,
    password: randomBytes(12).toString('base64url'),
    role,
    scope,
  }));
  const hashes = await hashAll(accounts);

  // The file first: passwords that are in force but written nowhere would help nobody.
  const file = join(dataDir, FILE);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(accounts, undefined, 2)}\n`, { mode: 0o600 });
  const mine = await db.transaction(async (tx) => {
    if (!(await claimSetting(tx, SETTING, { accounts: accounts.length }))) return false;
    await savePasswordHashes(tx, hashes);
    renameSync(draft, file);
    return true;
  });
  if (mine) log(`示例账户密码 / passwords of the sample accounts: ${file}`);
  else rmSync(draft, { force: true });
}

async function hashAll(accounts: readonly { username: string; password: string }[]) {
  const queue = [...accounts];
  const hashes: { username: string; hash: string }[] = [];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      hashes.push({ username: next.username, hash: await hashPassword(next.password) });
    }
  };
  await Promise.all(Array.from({ length: HASHES_AT_ONCE }, work));
  return hashes;
}
