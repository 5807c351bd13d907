/**
 * `npm run gridwatch -- <command>`: what an administrator does from the terminal. With the embedded database the
 * server must be stopped first, because one process holds the data folder.
 */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Value } from 'typebox/value';
import { v7 as uuid } from 'uuid';
import { Role } from '#contract/access';
import { insertUser } from './access/repository.ts';
import { hashPassword } from './access/service.ts';
import { listBrokenLogs } from './cases/verify-logs.ts';
import { readConfig } from './config.ts';
import type { Database } from './db/database.ts';
import { openConfiguredDatabase } from './open-database.ts';

const USAGE = `用法 / usage: npm run gridwatch -- <command>

  user add <username> --role <role> [--scope district:620103] [--name 姓名]
      新建账户并显示一次密码 / adds an account and shows its password once
  audit verify
      校验所有案件日志的哈希链 / walks the hash chain of every case's log
`;

const [domain, command, ...rest] = process.argv.slice(2);
switch (`${domain} ${command}`) {
  case 'user add':
    await withDatabase((db) => addUser(db, rest));
    break;
  case 'audit verify':
    await withDatabase(verifyAudit);
    break;
  default:
    process.stdout.write(USAGE);
    process.exitCode = domain === undefined ? 0 : 64;
}

async function withDatabase(work: (db: Database) => Promise<void>): Promise<void> {
  const db = await openConfiguredDatabase(readConfig(), () => undefined);
  try {
    await work(db);
  } finally {
    await db.close();
  }
}

async function addUser(db: Database, args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      role: { type: 'string' },
      scope: { type: 'string', default: 'district:620103' },
      name: { type: 'string' },
    },
  });
  const [username] = positionals;
  const [kind, code] = (values.scope ?? '').split(':');
  const rightScope = kind === 'district' || kind === 'subdistrict' || kind === 'community' || kind === 'unit';
  if (!username || !Value.Check(Role, values.role) || !rightScope || !code) {
    process.stdout.write(USAGE);
    process.exitCode = 64;
    return;
  }
  const password = randomBytes(12).toString('base64url');
  const name = values.name ?? username;
  await insertUser(db, {
    id: uuid(),
    username,
    passwordHash: await hashPassword(password),
    nameZh: name,
    nameEn: name,
    role: values.role,
    scope: { kind, code },
    sample: false,
  });
  process.stdout.write(`${username}  ${password}\n`);
}

async function verifyAudit(db: Database): Promise<void> {
  const { checked, broken } = await listBrokenLogs(db);
  for (const { caseId, problem } of broken) process.stdout.write(`${caseId}: ${problem}\n`);
  process.stdout.write(`${checked} 个案件 / cases, ${broken.length} 个异常 / broken\n`);
  if (broken.length > 0) process.exitCode = 1;
}
