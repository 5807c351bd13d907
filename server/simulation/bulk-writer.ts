import { once } from 'node:events';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import sql, { raw, type Sql } from 'sql-template-tag';
import type { Database, Queryable } from '../db/database.ts';
import { TABLES, type Row, type TableRows, type Value } from './table-rows.ts';

/** Writes rows of many tables in one transaction, as fast as the engine takes them. */
export interface BulkWriter {
  transaction<T>(work: (tx: BulkTransaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface BulkTransaction extends Queryable {
  writeAll(rows: TableRows): Promise<void>;
}

/** PostgreSQL: COPY over a connection of its own. Embedded: the one connection, whose transactions are to be short. */
export async function openBulkWriter(db: Database): Promise<BulkWriter> {
  return db.engine === 'postgresql' ? openCopyWriter(await db.connect()) : openInsertWriter(db);
}

function openCopyWriter(client: pg.Client): BulkWriter {
  // A connection that breaks is reported by the statement that runs on it.
  client.on('error', () => undefined);
  const run = async <Result>({ text, values }: Sql) => {
    const result = await client.query({ text, values });
    return { rows: result.rows as Result[], rowCount: result.rowCount ?? 0 };
  };
  return {
    async transaction(work) {
      await client.query('begin');
      try {
        const value = await work({
          query: run,
          async writeAll(rows) {
            for (const table of TABLES) await copy(client, table, rows[table]);
          },
        });
        await client.query('commit');
        return value;
      } catch (error) {
        await client.query('rollback').catch(() => undefined);
        throw error;
      }
    },
    close: () => client.end(),
  };
}

async function copy(client: pg.Client, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const names = Object.keys(first);
  const stream = client.query(copyFrom(`copy ${table} (${names.join(', ')}) from stdin`));
  const ended = once(stream, 'finish');
  const text = rows.map((row) => `${names.map((name) => copyText(row[name] ?? null)).join('\t')}\n`).join('');
  stream.end(text);
  await ended;
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A value in the text format of COPY. */
function copyText(value: Value): string {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof Date) return value.toISOString();
  const text =
    typeof value === 'string'
      ? value
      : 'json' in value
        ? JSON.stringify(value.json)
        : `{${value.map((item) => JSON.stringify(item)).join(',')}}`;
  return /[\\\t\n\r]/.test(text)
    ? text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? '')
    : text;
}

function openInsertWriter(db: Database): BulkWriter {
  return {
    transaction: (work) =>
      db.transaction((tx) =>
        work({
          query: (statement) => tx.query(statement),
          async writeAll(rows) {
            for (const table of TABLES) await insert(tx, table, rows[table]);
          },
        }),
      ),
    close: () => Promise.resolve(),
  };
}

async function insert(tx: Queryable, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const names = raw(Object.keys(first).join(', '));
  const text = JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && 'json' in value && Object.keys(value).length === 1
      ? value.json
      : value,
  );
  await tx.query(sql`
    insert into ${raw(table)} (${names})
    select ${names}
    from jsonb_populate_recordset(null::${raw(table)}, ${text}::jsonb)`);
}
