import pg from 'pg';
import type { Sql } from 'sql-template-tag';

/** Anything that runs SQL: the pool, or the one connection of a transaction. */
export interface Queryable {
  query<Row>(statement: Sql): Promise<{ rows: Row[]; rowCount: number }>;
}

/** Which engine is behind the pool. `embedded` is PGlite: one backend, no LISTEN/NOTIFY, no `st_asmvt`. */
export type Engine = 'embedded' | 'postgresql';

export interface Database extends Queryable {
  readonly engine: Engine;
  /**
   * Runs `work` in one transaction and commits it; rolls back and rethrows when it throws.
   * Serialization failures and deadlocks are tried again, up to three times, so `work` must be repeatable.
   * A transaction that holds its connection longer than `heldMs` (default 5 s) is broken.
   */
  transaction<T>(work: (tx: Queryable) => Promise<T>, limits?: { heldMs?: number }): Promise<T>;
  /**
   * A connection outside the pool, for COPY and for statements that take long; whoever opens it ends it. PostgreSQL
   * only: the embedded engine has one backend, and COPY through its socket hangs.
   */
  connect(): Promise<pg.Client>;
  close(): Promise<void>;
}

/**
 * One, and never more: the embedded engine takes the messages of its connections one by one, so the `bind` of one
 * connection could meet the unnamed statement that another has just parsed, and answer with the wrong rows.
 */
const EMBEDDED_CONNECTIONS = 1;
const POSTGRESQL_CONNECTIONS = 12;

const RETRYABLE = new Set(['40001', '40P01']);
const ATTEMPTS = 3;

/** A transaction that holds its connection longer than this is broken: on PGlite everybody else waits for it. */
export const TRANSACTION_LIMIT_MS = 5_000;

pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);

interface OpenOptions {
  engine: Engine;
  connection: pg.PoolConfig;
  /** Called after the pool is closed: stops the embedded engine. */
  afterClose?: () => Promise<void>;
}

export function openDatabase({ engine, connection, afterClose }: OpenOptions): Database {
  const pool = new pg.Pool({
    max: engine === 'embedded' ? EMBEDDED_CONNECTIONS : POSTGRESQL_CONNECTIONS,
    idleTimeoutMillis: 30_000,
    ...connection,
  });
  // An idle connection that breaks is replaced by the pool; the next query reports what matters.
  pool.on('error', () => undefined);

  async function run<Row>(client: pg.Pool | pg.PoolClient, statement: Sql) {
    const result = await client.query({ text: statement.text, values: statement.values });
    return { rows: result.rows as Row[], rowCount: result.rowCount ?? 0 };
  }

  async function attempt<T>(work: (tx: Queryable) => Promise<T>, heldMs: number): Promise<T> {
    const client = await pool.connect();
    let broken = false;
    const timer = setTimeout(() => {
      broken = true;
      client.release(new Error('transaction held its connection too long'));
    }, heldMs);
    try {
      await client.query('begin');
      const value = await work({ query: (statement) => run(client, statement) });
      await client.query('commit');
      return value;
    } catch (error) {
      if (!broken) await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      clearTimeout(timer);
      if (!broken) client.release();
    }
  }

  return {
    engine,
    query: (statement) => run(pool, statement),
    async transaction(work, { heldMs = TRANSACTION_LIMIT_MS } = {}) {
      for (let tries = 1; ; tries++) {
        try {
          return await attempt(work, heldMs);
        } catch (error) {
          if (tries >= ATTEMPTS || !isRetryable(error)) throw error;
        }
      }
    },
    async connect() {
      if (engine === 'embedded') throw new Error('the embedded engine has one connection');
      const client = new pg.Client(connection);
      await client.connect();
      return client;
    },
    async close() {
      await pool.end();
      await afterClose?.();
    },
  };
}

function isRetryable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && RETRYABLE.has(error.code ?? '');
}
