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
import { DataFolderInUse } from './db/embedded.ts';
import { importFromTerminal } from './imports/import-from-terminal.ts';
import { openConfiguredDatabase } from './open-database.ts';
import { prepareDatabase } from './prepare-database.ts';
import { reproduceFromTerminal } from './bulletins/reproduce-from-terminal.ts';
import { simulateFromTerminal } from './simulation/simulate-from-terminal.ts';

const USAGE = `用法 / usage: npm run gridwatch -- <command>

  user add <username> --role <role> [--scope district:620103] [--name 姓名]
      新建账户并显示一次密码 / adds an account and shows its password once
  import <file> --layer <layer> [--dry-run] [--server <url> --key gw_…]
      导入数据文件；不带参数列出全部选项 / imports a file; without arguments it lists all options
  simulate --cases <n> --year <yyyy> [--seed <n>] [--server <url> --key gw_…]
      写入一年的模拟案件 / writes a year of invented cases
  evaluation reproduce <bulletin> [--server <url> --key gw_…]
      由日志重算通报并比较 / recomputes a bulletin from the log and says what differs
  audit verify
      校验所有案件日志的哈希链 / walks the hash chain of every case's log
`;

const [domain, command, ...rest] = process.argv.slice(2);
switch (domain === 'import' || domain === 'simulate' ? domain : `${domain} ${command}`) {
  case 'import':
    await runOnDatabase(importFromTerminal);
    break;
  case 'simulate':
    await runOnDatabase(simulateFromTerminal);
    break;
  case 'evaluation reproduce':
    await runOnDatabase((args, terminal) => reproduceFromTerminal(args.slice(1), terminal));
    break;
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

type Terminal = Parameters<typeof importFromTerminal>[1];

/** Through the database, or through a server when one is named: a running server holds the embedded database. */
async function runOnDatabase(work: (args: string[], terminal: Terminal) => Promise<number>): Promise<void> {
  const config = readConfig();
  let opened: Database | undefined;
  const write = (text: string) => void process.stdout.write(text);
  try {
    process.exitCode = await work(process.argv.slice(3), {
      config,
      write,
      async openDatabase() {
        opened = await openConfiguredDatabase(config, () => undefined);
        await prepareDatabase(opened, 'none', (line) => write(`  ${line}\n`));
        return opened;
      },
    });
  } catch (error) {
    if (error instanceof DataFolderInUse) {
      write(
        `${error.message}\n服务器正在运行，请加 --server <url> --key gw_… / a server is running: name it\n`,
      );
    } else {
      write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
    process.exitCode = 1;
  } finally {
    await opened?.close();
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
