import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export interface PostgresCluster {
  /** Of a superuser on database `postgres`. */
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL of its own in a temporary folder, listening on a socket file only. PostgreSQL refuses to run as
 * root, so root starts it as the system's `postgres` user.
 * Returns null where PostgreSQL or PostGIS is not installed.
 */
export async function startPostgresCluster(): Promise<PostgresCluster | null> {
  const bin = findBinaries();
  if (!bin) return null;
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-pg-'));
  const account = process.getuid?.() === 0 ? findPostgresAccount() : undefined;
  if (account) chownSync(folder, account.uid, account.gid);
  const data = join(folder, 'data');
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale', 'C.UTF-8', '--no-sync'],
    { ...account, stdio: 'pipe', cwd: folder },
  );
  const server = spawn(
    join(bin, 'postgres'),
    [
      ...[
        '-D',
        data,
        '-k',
        folder,
        '-c',
        'listen_addresses=',
        '-c',
        'fsync=off',
        '-c',
        'synchronous_commit=off',
      ],
      ...[
        '-c',
        'full_page_writes=off',
        '-c',
        'max_connections=120',
        '-c',
        'shared_buffers=256MB',
        '-c',
        'jit=off',
      ],
    ],
    { ...account, stdio: 'ignore', cwd: folder },
  );
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const url = `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`;
  await untilAnswers(url);
  return {
    url,
    async stop() {
      // SIGINT is PostgreSQL's fast shutdown.
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function findBinaries(): string | undefined {
  const base = '/usr/lib/postgresql';
  if (!existsSync(base)) return undefined;
  const version = readdirSync(base)
    .filter((name) => existsSync(join(base, name, 'bin', 'initdb')))
    .filter((name) => existsSync(`/usr/share/postgresql/${name}/extension/postgis.control`))
    .sort((a, b) => Number(a) - Number(b))
    .at(-1);
  return version && join(base, version, 'bin');
}

function findPostgresAccount(): { uid: number; gid: number } {
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

async function untilAnswers(url: string): Promise<void> {
  const until = Date.now() + 30_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** The schema of a database as SQL, without what differs between machines. */
export function dumpSchema(url: string): string {
  const bin = findBinaries();
  if (!bin) throw new Error('pg_dump is not installed');
  const options = ['--schema-only', '--no-owner', '--no-privileges', '--schema=public', '--no-comments'];
  const dump = execFileSync(join(bin, 'pg_dump'), [...options, url], { encoding: 'utf8' });
  return dump
    .split('\n')
    .filter((line) => !/^(--|SET |SELECT pg_catalog|\\)/.test(line))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .concat('\n');
}
