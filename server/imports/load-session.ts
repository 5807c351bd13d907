import { once } from 'node:events';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Database, Queryable } from '../db/database.ts';

/**
 * How an import reaches the database. PostgreSQL: connections of its own, so that COPY and long statements hold up
 * nobody. Embedded: the one connection that everybody uses, so its statements are kept short.
 */
export interface LoadSession extends Queryable {
  readonly engine: Database['engine'];
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /** Runs statements that do not depend on each other, two at a time where there is more than one backend. */
  queryTogether(statements: readonly Sql[]): Promise<void>;
  /** Takes rows into a table: text of COPY, or JSON arrays where there is no COPY. */
  openSink(table: Sql, columns: readonly SinkColumn[]): RowSink;
  close(): Promise<void>;
}

export interface SinkColumn {
  name: string;
  type: string;
}

export interface RowSink {
  /** The form its `write` takes. */
  write(data: Uint8Array): Promise<void>;
  end(): Promise<void>;
  abort(): Promise<void>;
}

/** An import's last transaction on the embedded engine may keep the others waiting for so long. */
const EMBEDDED_TRANSACTION_MS = 120_000;

export async function openLoadSession(db: Database): Promise<LoadSession> {
  return db.engine === 'postgresql' ? openPostgresSession(db) : openEmbeddedSession(db);
}

function queryableOf(client: pg.Client): Queryable {
  return {
    async query<Row>({ text, values }: Sql) {
      const result = await client.query({ text, values });
      return { rows: result.rows as Row[], rowCount: result.rowCount ?? 0 };
    },
  };
}

async function openPostgresSession(db: Database): Promise<LoadSession> {
  const client = await db.connect();
  // A connection that breaks is reported by the statement that runs on it.
  client.on('error', () => undefined);
  const first = queryableOf(client);
  // Sorting for indexes and hash joins of a million rows stay in memory.
  await first.query(sql`set maintenance_work_mem = '256MB'`);
  await first.query(sql`set work_mem = '128MB'`);
  return {
    engine: 'postgresql',
    query: (statement) => first.query(statement),
    async transaction(work) {
      await first.query(sql`begin`);
      try {
        const value = await work(first);
        await first.query(sql`commit`);
        return value;
      } catch (error) {
        await first.query(sql`rollback`).catch(() => undefined);
        throw error;
      }
    },
    async queryTogether(statements) {
      const second = await db.connect();
      second.on('error', () => undefined);
      try {
        const other = queryableOf(second);
        await other.query(sql`set maintenance_work_mem = '256MB'`);
        const queue = [...statements];
        const work = async (connection: Queryable) => {
          for (let next = queue.shift(); next; next = queue.shift()) await connection.query(next);
        };
        const results = await Promise.allSettled([work(first), work(other)]);
        for (const result of results) if (result.status === 'rejected') throw result.reason;
      } finally {
        await second.end();
      }
    },
    openSink(table, columns) {
      const names = columns.map(({ name }) => name).join(', ');
      const stream = client.query(copyFrom(`copy ${table.sql} (${names}) from stdin`));
      let failed: Error | undefined;
      const ended = new Promise<void>((resolve, reject) => {
        stream.once('finish', resolve);
        stream.once('error', (error: Error) => {
          failed = error;
          reject(error);
        });
      });
      ended.catch(() => undefined);
      return {
        async write(data) {
          if (failed) throw failed;
          if (!stream.write(data)) await Promise.race([once(stream, 'drain'), ended]);
        },
        async end() {
          stream.end();
          await ended;
        },
        async abort() {
          stream.destroy(new Error('the import was stopped'));
          await ended.catch(() => undefined);
        },
      };
    },
    close: () => client.end(),
  };
}

/** Rows of one statement: some tens of milliseconds. */
const EMBEDDED_ROWS = 1_000;

async function openEmbeddedSession(db: Database): Promise<LoadSession> {
  return {
    engine: 'embedded',
    query: (statement) => db.query(statement),
    transaction: (work) => db.transaction(work, { heldMs: EMBEDDED_TRANSACTION_MS }),
    async queryTogether(statements) {
      for (const statement of statements) await db.query(statement);
    },
    openSink(table, columns) {
      const names = raw(columns.map(({ name }) => name).join(', '));
      const values = join(columns.map(({ type }, at) => raw(`(r ->> ${at})::${type}`)));
      return {
        async write(data) {
          const rows = JSON.parse(Buffer.from(data).toString('utf8')) as unknown[];
          for (let at = 0; at < rows.length; at += EMBEDDED_ROWS) {
            const part = JSON.stringify(rows.slice(at, at + EMBEDDED_ROWS));
            await db.query(sql`
              insert into ${table} (${names})
              select ${values}
              from jsonb_array_elements(${part}::jsonb) as r`);
          }
        },
        end: () => Promise.resolve(),
        abort: () => Promise.resolve(),
      };
    },
    close: () => Promise.resolve(),
  };
}
