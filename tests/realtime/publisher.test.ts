import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { appendOutbox } from '../../server/realtime/outbox.ts';
import { listFeed, moveOutboxToFeed } from '../../server/realtime/repository.ts';
import { engines, openTestDatabase } from '../support/test-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'gridwatch-killed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function runServer(fate: 'die' | 'live') {
  const child = fork(fileURLToPath(new URL('../support/dying-server.ts', import.meta.url)), [folder, fate], {
    execArgv: ['--import', 'tsx'],
  });
  return new Promise<{ signal: string | null; said: unknown }>((resolve) => {
    let said: unknown;
    child.on('message', (message) => (said = message));
    child.once('exit', (_code, signal) => resolve({ signal, said }));
  });
}

test('a change that was numbered by a process killed before emitting is in the feed, once', async () => {
  const killed = await runServer('die');
  expect(killed.signal).toBe('SIGKILL');
  const next = await runServer('live');
  expect(next.said).toEqual({
    delivered: ['committed by the one that was to live'],
    feed: [
      { seq: 1, subject_id: 'committed by the one that was to die' },
      { seq: 2, subject_id: 'committed by the one that was to live' },
    ],
  });
}, 120_000);

describe.each(engines)('numbering on %s', (engine) => {
  test('gives dense numbers to committed rows only, and none twice when two publish at once', async () => {
    const db = await openTestDatabase(engine);
    try {
      const entry = (id: string) => ({
        at: new Date(),
        kind: 'case' as const,
        id,
        patch: {},
        roomsBefore: [],
        roomsAfter: ['district:620103'],
      });
      const before = (await listFeed(db, 0, 1000)).length;
      for (let n = 0; n < 50; n++) {
        await appendOutbox(db, entry(`kept ${n}`));
        await db
          .transaction(async (tx) => {
            await appendOutbox(tx, entry(`rolled back ${n}`));
            throw new Error('rolled back');
          })
          .catch(() => undefined);
      }
      const moves = await Promise.all(
        Array.from({ length: 4 }, () => db.transaction((tx) => moveOutboxToFeed(tx, engine))),
      );
      const moved = moves.flatMap((rows) => rows ?? []);
      expect(moved).toHaveLength(50);
      const feed = await listFeed(db, before, 1000);
      expect(feed.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, n) => before + n + 1));
      expect(feed.map(({ subject_id }) => subject_id)).toEqual(
        Array.from({ length: 50 }, (_, n) => `kept ${n}`),
      );
    } finally {
      await db.close();
    }
  });
});
