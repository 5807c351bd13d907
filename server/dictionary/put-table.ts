import type { TableError, TableResult } from '#contract/rules';
import type { SessionUser } from '../access/session-user.ts';
import type { CalendarDay } from '../clock/calendar-day.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { versionOf } from '../settings/service.ts';
import { keepRuleChanges, type RuleChange } from './keep-rule-changes.ts';
import type { TableChange } from './plan-dated-table.ts';
import { ruleDayOf } from './rule-day.ts';
import { requireNotPast } from './rule-days.ts';
import { readTable, writeTable, type Column, type GivenRow, type Values } from './rule-table.ts';

export interface TableRequest {
  given: readonly GivenRow[];
  on: CalendarDay;
  today: CalendarDay;
  keepMissing: boolean;
}

export interface TablePlan {
  changes: TableChange[];
  unchanged: number;
  errors: TableError[];
  /** Writes the changes and says what the history is to keep of them. */
  apply(): Promise<RuleChange[]>;
}

/** A table of rules that goes out and comes back as CSV. */
export interface RuleTable {
  columns: readonly Column[];
  /** Rows that hold on the day or later; with `all` those that are over too. */
  read(db: Queryable, on: CalendarDay, all: boolean): Promise<Values[]>;
  /** Reads and locks what there is, and compares; writes nothing before `apply`. */
  plan(tx: Queryable, request: TableRequest): Promise<TablePlan>;
}

const MOST_CHANGES = 500;
const MOST_ERRORS = 500;

export async function tableAsCsv(
  db: Queryable,
  table: RuleTable,
  { on, all }: { on: CalendarDay; all: boolean },
): Promise<string> {
  return writeTable(table.columns, await table.read(db, on, all));
}

export interface PutTable {
  bytes: Uint8Array;
  on?: CalendarDay | undefined;
  dryRun: boolean;
  keepMissing: boolean;
  reason: string;
  expectedVersion?: string | undefined;
}

/** Thrown to leave the transaction without keeping anything. */
class DryRun extends Error {
  readonly result: TableResult;
  constructor(result: TableResult) {
    super('dry run');
    this.result = result;
  }
}

/**
 * Takes a table as a set of changes with an effective day, all of them or none.
 * @throws INVALID_INPUT when it is no such table, DAY_IN_PAST, STALE_VERSION when the rules changed since
 * `expectedVersion`, TABLE_REFUSED with the errors by line
 */
export async function putTable(
  { db, clock }: Context,
  user: SessionUser,
  name: string,
  table: RuleTable,
  request: PutTable,
): Promise<TableResult> {
  const at = clock.now();
  const today = ruleDayOf(at);
  const on = request.on ?? today;
  requireNotPast(on, today);
  const { rows, errors } = readTable(table.columns, request.bytes);
  const { dryRun, keepMissing, reason } = request;
  try {
    return await db.transaction(async (tx) => {
      // A row that cannot be read is not missing.
      const plan = await table.plan(tx, {
        given: rows,
        on,
        today,
        keepMissing: keepMissing || errors.length > 0,
      });
      const version = await versionOf(tx, 'dictionary');
      if (request.expectedVersion !== undefined && request.expectedVersion !== version) {
        throw appError('STALE_VERSION', { version });
      }
      const result = { ...describe(plan, [...errors, ...plan.errors]), dryRun, on, version };
      if (dryRun) throw new DryRun(result);
      if (result.errors.length > 0) throw appError('TABLE_REFUSED', { errors: result.errors });
      const changes = await plan.apply();
      const batch = await keepRuleChanges(tx, { user, at, reason, action: `put-${name}` }, changes);
      return {
        ...result,
        version: await versionOf(tx, 'dictionary'),
        ...(changes.length > 0 ? { batch } : {}),
      };
    });
  } catch (error) {
    if (error instanceof DryRun) return error.result;
    throw error;
  }
}

function describe({ changes, unchanged }: TablePlan, errors: TableError[]) {
  const count = (action: TableChange['action']) => changes.filter((one) => one.action === action).length;
  return {
    added: count('add'),
    changed: count('change'),
    ended: count('end'),
    unchanged,
    changes: changes.slice(0, MOST_CHANGES),
    errors: [...errors].sort((a, b) => a.line - b.line).slice(0, MOST_ERRORS),
  };
}
