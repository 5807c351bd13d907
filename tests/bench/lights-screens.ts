/**
 * Screens without a browser: each with a socket and a server time of its own, stepping every second as `useNow` does and
 * asking the client's own light logic. One of them hears of the cases, for all in this process; the others are of a unit
 * without cases and hear the time alone, so that what is measured is the turning and not the decoding.
 */
import type { CaseSummary } from '#contract/cases';
import { lightOfFace } from '../../client/features/clock/light-of-face.ts';
import { nextTurnOf } from '../../client/features/clock/turns-of-face.ts';
import { createServerTime, untilNextStep } from '../../client/realtime/server-time.ts';
import { TestClient } from '../support/test-client.ts';
import { sampleChange } from './sample-change.ts';

const madeBy = sampleChange(1).id.slice(0, -6);

interface Order {
  origin: string;
  screens: number;
  cases: number;
  /** The minute in which all lights turn, epoch milliseconds. */
  from: number;
  until: number;
}

process.once('message', (order: Order) => void run(order));

async function run({ origin, screens, cases, from, until }: Order) {
  const wall = new TestClient(origin);
  await wall.enter('wall');
  const unit = new TestClient(origin);
  await unit.enter('unit-police');
  const known = new Map<string, CaseSummary>();
  const clients = [wall, ...Array.from({ length: screens - 1 }, () => unit)];
  const times = clients.map(() => createServerTime());
  const sockets = [];
  for (const [index, client] of clients.entries()) {
    const socket = await client.connect();
    const time = times[index];
    socket.on('hello', ({ serverNow }) => time?.note(serverNow));
    socket.on('changes', (packet) => {
      time?.note(packet.serverNow);
      for (const { kind, id, patch } of packet.changes) {
        // The sample adds cases of its own meanwhile.
        if (kind === 'case' && id.startsWith(madeBy)) known.set(id, patch as CaseSummary);
      }
    });
    sockets.push(socket);
  }
  process.send?.({ connected: screens });
  while (known.size < cases && Date.now() < from) await new Promise((resolve) => setTimeout(resolve, 50));
  if (known.size < cases) throw new Error(`only ${known.size} of ${cases} cases arrived before the minute`);

  const turns = [...known.values()]
    .flatMap((face) => {
      const turn = nextTurnOf(face, from - 1);
      return turn === null ? [] : [{ face, ...turn }];
    })
    .sort((a, b) => a.at - b.at);
  const delays = new Uint32Array(8_000);
  let shown = 0;
  let early = 0;
  const screenOf = (now: () => number) =>
    new Promise<void>((resolve) => {
      let next = 0;
      const step = () => {
        const at = now();
        for (let turn = turns[next]; turn; turn = turns[next]) {
          // Yellow at the instant itself, red right after it.
          if (lightOfFace(turn.face, at) !== turn.to) break;
          const late = Date.now() - turn.at;
          if (late < 0) early += 1;
          const bin = Math.min(delays.length - 1, Math.max(0, late));
          delays[bin] = (delays[bin] ?? 0) + 1;
          shown += 1;
          next += 1;
        }
        if (next >= turns.length || Date.now() > until) resolve();
        else setTimeout(step, untilNextStep(at, 1_000));
      };
      step();
    });
  await Promise.all(times.map((time) => screenOf(time.now)));
  for (const socket of sockets) socket.close();
  process.send?.({ delays: [...delays], shown, early });
  process.disconnect();
}
