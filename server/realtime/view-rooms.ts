import type { View } from './visible-changes.ts';

/** The Socket.IO room of everybody with the same view: a packet is made and encoded once for all of them. */
export function roomOfView(view: View): string {
  return `view:${view.scopeRoom}|${[...view.watched].sort().join(' ')}`;
}

/** The views that have at least one socket. */
export class OpenViews {
  readonly #views = new Map<string, { view: View; sockets: number }>();

  enter(view: View): string {
    const room = roomOfView(view);
    const entry = this.#views.get(room);
    if (entry) entry.sockets += 1;
    else this.#views.set(room, { view, sockets: 1 });
    return room;
  }

  leave(room: string): void {
    const entry = this.#views.get(room);
    if (!entry) return;
    entry.sockets -= 1;
    if (entry.sockets === 0) this.#views.delete(room);
  }

  *[Symbol.iterator](): Iterator<[room: string, view: View]> {
    for (const [room, { view }] of this.#views) yield [room, view];
  }
}
