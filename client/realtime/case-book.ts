import type { CaseSummary } from '#contract/cases';
import type { Change } from '#contract/realtime';

/** One line of the stream of changes. */
export interface RecentChange {
  seq: number;
  at: string;
  case: CaseSummary;
  /** The stage before, when this screen knew the case. */
  fromStage?: CaseSummary['stage'];
}

const RECENT = 200;
const CLOSED_KEPT = 300;

/**
 * The cases a screen knows: all open ones of its scope and those that were closed while it watched. Bounded, so that
 * a wall may run for weeks. Newer versions win, so changes may be applied twice and in any order.
 */
export class CaseBook {
  #cases = new Map<string, CaseSummary>();
  #recent: RecentChange[] = [];
  #list: CaseSummary[] | null = null;

  replaceAll(cases: CaseSummary[]): void {
    this.#cases = new Map(cases.map((one) => [one.id, one]));
    this.#list = null;
  }

  /** Returns true when something changed. */
  apply(change: Change): boolean {
    if (change.kind !== 'case') return false;
    const known = this.#cases.get(change.id);
    if (change.gone) {
      this.#list = null;
      return this.#cases.delete(change.id);
    }
    const next = change.patch as CaseSummary;
    if (known && known.version > next.version) return false;
    this.#cases.set(change.id, next);
    this.#list = null;
    if (known?.version !== next.version) {
      const line = {
        seq: change.seq,
        at: change.at,
        case: next,
        ...(known ? { fromStage: known.stage } : {}),
      };
      this.#recent = [line, ...this.#recent].slice(0, RECENT);
    }
    if (next.closedAt) this.#dropOldClosed();
    return true;
  }

  /** A case that an answer brought, before the feed tells of it. */
  learn(one: CaseSummary): boolean {
    const known = this.#cases.get(one.id);
    if (known && known.version >= one.version) return false;
    this.#cases.set(one.id, one);
    this.#list = null;
    return true;
  }

  get(id: string): CaseSummary | undefined {
    return this.#cases.get(id);
  }

  /** The same array until something changes. */
  list(): CaseSummary[] {
    this.#list ??= [...this.#cases.values()];
    return this.#list;
  }

  recent(): RecentChange[] {
    return this.#recent;
  }

  #dropOldClosed(): void {
    const closed = [...this.#cases.values()].filter((one) => one.closedAt);
    if (closed.length <= CLOSED_KEPT) return;
    closed.sort((a, b) => (a.closedAt ?? '').localeCompare(b.closedAt ?? ''));
    for (const one of closed.slice(0, closed.length - CLOSED_KEPT)) this.#cases.delete(one.id);
  }
}
