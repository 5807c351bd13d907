import { io } from 'socket.io-client';
import { LiveConnection } from '../../client/realtime/live-connection.ts';
import type { TestClient } from './test-client.ts';

/** The browser's own live connection, with a test client's cookie. `drop` cuts the wire; it comes back by itself. */
export function openLive(client: TestClient): LiveConnection & { drop: () => void } {
  let current: ReturnType<typeof io> | undefined;
  const live = new LiveConnection({
    openSocket: () => {
      current = io(client.origin, {
        transports: ['websocket'],
        extraHeaders: { cookie: client.cookie },
        forceNew: true,
        reconnectionDelay: 20,
        reconnectionDelayMax: 100,
      });
      return current;
    },
    async fetchJson<T>(path: string) {
      const answer = await client.get<T>(path.replace('/api/v1', ''));
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
      return answer.body;
    },
  });
  live.start();
  return Object.assign(live, { drop: () => current?.io.engine.close() });
}

/** Waits for something that must come true, and says what did not. */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  what: string,
  limitMs = 20_000,
) {
  const until = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > until) throw new Error(`never came true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
