import { createContext, use, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { CaseSummary } from '#contract/cases';
import type { RecentChange } from './case-book.ts';
import type { Change } from '#contract/realtime';
import { LiveConnection, type ChangesListener, type ConnectionState } from './live-connection.ts';
import { serverNow, untilNextStep } from './server-time.ts';

const LiveContext = createContext<LiveConnection | null>(null);

/** Holds the one live connection of a signed-in screen. `onEnded`: the server ended the session. */
export function LiveProvider({ children, onEnded }: { children: ReactNode; onEnded?: () => void }) {
  const [connection] = useState(() => new LiveConnection());
  useEffect(() => {
    connection.start();
    return () => connection.stop();
  }, [connection]);
  const ended = useSyncExternalStore(connection.subscribe, () => connection.ended);
  useEffect(() => {
    if (ended) onEnded?.();
  }, [ended, onEnded]);
  return <LiveContext value={connection}>{children}</LiveContext>;
}

function useLiveConnection(): LiveConnection {
  const connection = use(LiveContext);
  if (!connection) throw new Error('live data is read below <LiveProvider>');
  return connection;
}

/** All open cases of my scope, and those closed while this screen watched. Changes identity when one changes. */
export function useCases(): CaseSummary[] {
  const connection = useLiveConnection();
  return useSyncExternalStore(connection.subscribe, () => connection.book.list());
}

export function useCase(id: string | undefined): CaseSummary | undefined {
  const connection = useLiveConnection();
  return useSyncExternalStore(connection.subscribe, () => (id ? connection.book.get(id) : undefined));
}

/** The newest changes first. */
export function useRecentChanges(count: number): RecentChange[] {
  const connection = useLiveConnection();
  const all = useSyncExternalStore(connection.subscribe, () => connection.book.recent());
  return all.slice(0, count);
}

export function useConnection(): ConnectionState {
  const connection = useLiveConnection();
  return useSyncExternalStore(connection.subscribe, () => connection.state);
}

/** False until the open cases have been read: an empty list is not yet news. */
export function useCasesLoaded(): boolean {
  const connection = useLiveConnection();
  return useSyncExternalStore(connection.subscribe, () => connection.loaded);
}

/** Tells the screens of a case that an answer just brought, without waiting for the feed. */
export function useLearnCase(): (one: CaseSummary) => void {
  const connection = useLiveConnection();
  return (one) => connection.learn(one);
}

/** Hears the changes of a kind that is not kept here. `listener` must stay the same function. */
export function useChanges(kind: Change['kind'], listener: ChangesListener): void {
  const connection = useLiveConnection();
  useEffect(() => connection.onChanges(kind, listener), [connection, kind, listener]);
}

/** The server's time in milliseconds, again every `stepMs`, on the step. */
export function useNow(stepMs = 1000): number {
  const [now, setNow] = useState(() => serverNow());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      const at = serverNow();
      setNow(at);
      timer = setTimeout(tick, untilNextStep(at, stepMs));
    };
    tick();
    return () => clearTimeout(timer);
  }, [stepMs]);
  return now;
}

export { serverNow };
