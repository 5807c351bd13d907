import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import closeWithGrace from 'close-with-grace';
import pino from 'pino';
import { createManualClock, systemClock } from './clock/system-clock.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { DataFolderInUse } from './db/embedded.ts';
import { openConfiguredDatabase } from './open-database.ts';
import { openServer } from './open-server.ts';
import { prepareDatabase } from './prepare-database.ts';
import { writeSampleAccounts } from './sample/sample-accounts.ts';
import { startSampleMonth } from './sample/sample-month.ts';

const EX_CONFIG = 78;

function say(line: string) {
  process.stdout.write(`  ${line}\n`);
}

function readConfigOrExit(): Config {
  try {
    return readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write('配置有误 / wrong settings:\n');
    for (const problem of error.problems) process.stderr.write(`  ${problem}\n`);
    process.exit(EX_CONFIG);
  }
}

async function main() {
  const config = readConfigOrExit();
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const log = pino(
    { level: config.logLevel },
    pino.destination({ dest: join(config.dataDir, 'server.log'), sync: true }),
  );
  const clock = config.clock === 'system' ? systemClock : createManualClock(new Date(config.clock));

  say(
    config.databaseUrl
      ? '连接 PostgreSQL / connecting to PostgreSQL'
      : '打开内嵌数据库 / opening the embedded database',
  );
  const db = await openConfiguredDatabase(config, (line) => log.info(line));
  await prepareDatabase(db, config.sample, say);
  if (config.sample !== 'none') await writeSampleAccounts(db, config.dataDir, say);
  const server = await openServer({ config, db, clock, log });
  const month = config.sample === 'none' ? undefined : startSampleMonth(server.context, say);

  closeWithGrace({ delay: 10_000, logger: log }, async ({ err }) => {
    if (err) log.error({ err }, 'closing after an error');
    await month?.stop();
    await server.close();
    await db.close();
  });
  if (!config.databaseUrl) {
    say('内嵌数据库不怕进程被杀，但怕断电；正式使用请设置 DATABASE_URL');
    say('the embedded database survives a killed process, not a power cut: set DATABASE_URL for real use');
  }
  process.stdout.write(`\nGridwatch 网格瞭望 已就绪 / is ready:  ${config.publicUrl ?? server.origin}\n`);
}

main().catch((error: unknown) => {
  const reason =
    error instanceof DataFolderInUse ? error.message : error instanceof Error ? (error.stack ?? '') : error;
  process.stderr.write(`启动失败 / starting failed: ${String(reason)}\n`);
  process.exit(1);
});
