import { io, type Socket } from 'socket.io-client';
import type { CaseSummary } from '#contract/cases';
import type { Change, Changes, ClientEvents, ServerEvents } from '#contract/realtime';
import { CaseBook } from './case-book.ts';
import { forgetServerTime, noteServerTime } from './server-time.ts';

export type ConnectionState = 'live' | 'late' | 'lost';

/** Not heard for this long: lost. The server says hello every 20 s. */
const SILENCE_MS = 50_000;
const LATE_MS = 8_000;
/** Farther behind than this, everything is read again. */
const MOST_MISSED = 5_000;
const PAGE = 500;

/** Changes of one kind, in order; `missed`: there were too many, whatever is shown has to be read again. */
export type ChangesListener = (changes: readonly Change[] | 'missed') => void;

/** How the server is reached: the browser's way by default; a program brings its own cookie. */
export interface Transport {
  openSocket: () => Socket<ServerEvents, ClientEvents>;
  /** Throws when the answer is not 2xx. `path` starts with /api/v1. */
  fetchJson: <T>(path: string) => Promise<T>;
}

const browserTransport: Transport = {
  openSocket: () => io({ transports: ['websocket'], reconnectionDelay: 500, reconnectionDelayMax: 5_000 }),
  async fetchJson<T>(path: string) {
    const response = await fetch(path, { headers: { accept: 'application/json' } });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return (await response.json()) as T;
  },
};

/**
 * The socket, the feed and the cases behind the screens (DESIGN section 4): follows the dense numbers, fetches what it
 * missed, and starts over when it missed too much. Listeners are told at most once a frame.
 */
export class LiveConnection {
  readonly book = new CaseBook();
  /** The last number of the feed that `book` includes; null before the first reading. */
  get seq(): number | null {
    return this.#seq;
  }
  state: ConnectionState = 'late';
  /** Set when the server ended the session. */
  ended = false;
  #socket: Socket<ServerEvents, ClientEvents> | null = null;
  #seq: number | null = null;
  #work: Promise<void> = Promise.resolve();
  #listeners = new Set<() => void>();
  #topics = new Map<Change['kind'], Set<ChangesListener>>();
  #told = false;
  #heardAt = 0;
  #disconnectedAt = 0;
  #timer: ReturnType<typeof setInterval> | null = null;
  #generation = 0;
  readonly #transport: Transport;

  constructor(transport: Transport = browserTransport) {
    this.#transport = transport;
  }

  start(): void {
    if (this.#socket) return;
    this.#generation += 1;
    this.ended = false;
    const socket = this.#transport.openSocket();
    this.#socket = socket;
    this.#disconnectedAt = performance.now();
    socket.on('connect', () => forgetServerTime());
    socket.on('hello', ({ seq, serverNow }) => {
      this.#heard(serverNow);
      this.#enqueue(() => this.#catchUp(seq));
    });
    socket.on('changes', (packet) => {
      this.#heard(packet.serverNow);
      this.#enqueue(() => this.#take(packet));
    });
    socket.on('disconnect', () => {
      this.#disconnectedAt = performance.now();
    });
    socket.on('session-ended', () => this.#end());
    socket.on('connect_error', (error) => {
      if (error.message === 'NOT_SIGNED_IN' || error.message === 'SESSION_EXPIRED') this.#end();
    });
    this.#timer = setInterval(() => this.#lookAtState(), 1_000);
  }

  stop(): void {
    this.#generation += 1;
    this.#socket?.close();
    this.#socket = null;
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.#seq = null;
    this.book.replaceAll([]);
    this.#tell();
  }

  /** The open cases have been read at least once. */
  get loaded(): boolean {
    return this.#seq !== null;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Hands on the changes of a kind that the book does not keep; returns how to stop. */
  onChanges(kind: Change['kind'], listener: ChangesListener): () => void {
    const listeners = this.#topics.get(kind) ?? new Set();
    this.#topics.set(kind, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** An answer brought a newer case than the feed has told of yet. */
  learn(one: CaseSummary): void {
    if (this.book.learn(one)) this.#tell();
  }

  #enqueue(step: () => Promise<void>): void {
    const generation = this.#generation;
    this.#work = this.#work
      .then(() => (generation === this.#generation ? step() : undefined))
      .catch(() => {
        // The next hello, at most 20 s away, tries again from where we are.
      });
  }

  async #take(packet: Changes): Promise<void> {
    if (this.#seq === null || packet.to <= this.#seq) return;
    if (packet.from > this.#seq) return this.#catchUp(packet.to);
    this.#apply(packet);
  }

  async #catchUp(target: number): Promise<void> {
    // A number behind ours is another database: read everything again.
    if (this.#seq === null || target - this.#seq > MOST_MISSED || target < this.#seq) {
      const cases = await this.#fetchOpenCases();
      this.book.replaceAll(cases);
      const missed = this.#seq !== null;
      this.#seq = target;
      this.#tell();
      if (missed) for (const listeners of this.#topics.values()) for (const hear of listeners) hear('missed');
      return;
    }
    while (this.#seq < target) {
      const packet = await this.#transport.fetchJson<Changes>(`/api/v1/feed?after=${this.#seq}&limit=1000`);
      if (packet.to <= this.#seq) return;
      this.#apply(packet);
    }
  }

  async #fetchOpenCases(): Promise<CaseSummary[]> {
    const cases: CaseSummary[] = [];
    let after: string | undefined;
    do {
      const query = new URLSearchParams({ open: 'true', limit: String(PAGE), ...(after ? { after } : {}) });
      const page = await this.#transport.fetchJson<{ items: CaseSummary[]; next?: string }>(
        `/api/v1/cases?${query}`,
      );
      cases.push(...page.items);
      after = page.next;
    } while (after);
    return cases;
  }

  #apply(packet: Changes): void {
    let changed = false;
    for (const change of packet.changes) changed = this.book.apply(change) || changed;
    this.#seq = packet.to;
    if (changed) this.#tell();
    for (const [kind, listeners] of this.#topics) {
      const changes = packet.changes.filter((change) => change.kind === kind);
      if (changes.length > 0) for (const hear of listeners) hear(changes);
    }
  }

  #heard(serverNow: string): void {
    noteServerTime(serverNow);
    this.#heardAt = performance.now();
    this.#lookAtState();
  }

  #lookAtState(): void {
    const now = performance.now();
    const connected = this.#socket?.connected ?? false;
    const state: ConnectionState = connected
      ? now - this.#heardAt < SILENCE_MS
        ? 'live'
        : 'lost'
      : now - this.#disconnectedAt < LATE_MS
        ? 'late'
        : 'lost';
    if (state === this.state) return;
    this.state = state;
    this.#tell();
  }

  #end(): void {
    this.ended = true;
    this.stop();
  }

  #tell(): void {
    if (this.#told) return;
    this.#told = true;
    queueMicrotask(() => {
      this.#told = false;
      for (const listener of this.#listeners) listener();
    });
  }
}
