/**
 * From a framing to the change on 200 sockets, and the fan-out of 20 changes a second to 1,000 sockets; each beside
 * bare `ws` in the same run. The servers run in processes of their own, so that their CPU time is theirs alone.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import type { CaseSummary } from '#contract/cases';
import type { Changes } from '#contract/realtime';
import { TestClient } from '../support/test-client.ts';
import { percentile, type BenchSection } from './bench-row.ts';

const SOCKETS = 200;
const FRAMINGS = 100;
const WIDE_SOCKETS = 1_000;
const CHANGES = 200;
const CHANGES_PER_SECOND = 20;

interface BenchServer {
  child: ChildProcess;
  origin: string;
  ask<T>(message: object): Promise<T>;
  stop(): Promise<void>;
}

export async function realtimeSummary(): Promise<BenchSection> {
  const product = await startChild('realtime-server.ts');
  const bare = await startChild('realtime-bare.ts');
  try {
    const framing = await measureFraming(product);
    const bareFraming = await measureBareFraming(bare);
    const fanOut = await measureFanOut(product, connectProduct);
    const bareFanOut = await measureFanOut(bare, connectBare);
    return {
      title: 'Live feed',
      how: `${SOCKETS} sockets, ${FRAMINGS} framings one after another over HTTP (embedded database); then ${WIDE_SOCKETS} sockets and ${CHANGES_PER_SECOND} changes a second. Bare: a \`ws\` server that parses the POST and broadcasts one prepared text of the same size.`,
      rows: [
        row(
          'framing → change on every socket, p50',
          percentile(framing, 50),
          percentile(bareFraming, 50),
          'ms',
        ),
        row(
          'framing → change on every socket, p99',
          percentile(framing, 99),
          percentile(bareFraming, 99),
          'ms',
        ),
        {
          ...row('deliveries per CPU second', fanOut.perCpuSecond, bareFanOut.perCpuSecond, ''),
          budget: '≥ 0.9 × bare',
        },
        {
          ...row(
            'change → 1,000 sockets, p99',
            percentile(fanOut.delays, 99),
            percentile(bareFanOut.delays, 99),
            'ms',
          ),
          budget: '≤ 100 ms',
        },
      ],
    };
  } finally {
    await product.stop();
    await bare.stop();
  }
}

function row(what: string, measured: number, bare: number, unit: string) {
  const show = (value: number) =>
    `${value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1)} ${unit}`.trim();
  return { what, measured: show(measured), bare: show(bare), ratio: (measured / bare).toFixed(2) };
}

async function measureFraming(server: BenchServer): Promise<number[]> {
  const operator = new TestClient(server.origin);
  await operator.enter('operator');
  const arrivals = new Map<string, number[]>();
  const sockets = await Promise.all(Array.from({ length: SOCKETS }, () => operator.connect()));
  for (const socket of sockets) {
    socket.on('changes', (packet) => {
      const at = performance.now();
      for (const { kind, patch } of packet.changes) {
        if (kind === 'case') arrivals.get((patch as CaseSummary).note)?.push(at);
      }
    });
  }
  const delays: number[] = [];
  for (let n = 0; n < FRAMINGS; n++) {
    const note = `bench ${n}`;
    const seen: number[] = [];
    arrivals.set(note, seen);
    const { body } = await operator.get<{ serverNow: string }>('/clock');
    const started = performance.now();
    const answer = await operator.post('/framings', {
      cameraId: 'camera-1',
      at: body.serverNow,
      box: { x: 0.45, y: 0.6, width: 0.1, height: 0.15 },
      class: 'E09001',
      note,
      file: true,
    });
    if (answer.status >= 300) throw new Error(`framing: ${JSON.stringify(answer.body)}`);
    await until(() => seen.length === SOCKETS, 'every socket has the change');
    delays.push(...seen.map((at) => at - started));
  }
  for (const socket of sockets) socket.close();
  return delays;
}

async function measureBareFraming(server: BenchServer): Promise<number[]> {
  const arrivals: number[] = [];
  const sockets = await Promise.all(
    Array.from({ length: SOCKETS }, () => connectBare(server.origin, () => arrivals.push(performance.now()))),
  );
  const delays: number[] = [];
  for (let n = 0; n < FRAMINGS; n++) {
    arrivals.length = 0;
    const started = performance.now();
    await fetch(`${server.origin}/framing`, { method: 'POST', body: JSON.stringify({ note: `bench ${n}` }) });
    await until(() => arrivals.length === SOCKETS, 'every bare socket has the change');
    delays.push(...arrivals.map((at) => at - started));
  }
  for (const close of sockets) close();
  return delays;
}

type Connect = (origin: string, onDelivery: (changes: number, sentAt: number) => void) => Promise<() => void>;

/** The server is asked to make changes at a steady rate and says what CPU time that took it. */
async function measureFanOut(server: BenchServer, connect: Connect) {
  const delays: number[] = [];
  let deliveries = 0;
  const closers: (() => void)[] = [];
  for (let n = 0; n < WIDE_SOCKETS; n += 50) {
    const some = Array.from({ length: 50 }, () =>
      connect(server.origin, (changes, sentAt) => {
        deliveries += changes;
        delays.push(Date.now() - sentAt);
      }),
    );
    closers.push(...(await Promise.all(some)));
  }
  const { cpuSeconds } = await server.ask<{ cpuSeconds: number }>({
    kind: 'make-changes',
    count: CHANGES,
    perSecond: CHANGES_PER_SECOND,
  });
  await until(() => deliveries >= WIDE_SOCKETS * CHANGES, 'every change is delivered');
  for (const close of closers) close();
  return { delays, perCpuSecond: deliveries / cpuSeconds };
}

let wallCookie: Promise<TestClient> | undefined;

async function connectProduct(origin: string, onDelivery: (changes: number, sentAt: number) => void) {
  wallCookie ??= (async () => {
    const wall = new TestClient(origin);
    await wall.enter('wall');
    return wall;
  })();
  const socket = await (await wallCookie).connect();
  socket.on('changes', (packet: Changes) => {
    const last = packet.changes.at(-1);
    if (last) onDelivery(packet.changes.length, Date.parse(last.at));
  });
  return () => {
    socket.close();
  };
}

async function connectBare(origin: string, onDelivery: (changes: number, sentAt: number) => void) {
  const socket = new WebSocket(origin.replace('http', 'ws'));
  socket.on('message', (data: Buffer) => {
    const { changes } = JSON.parse(data.toString()) as Changes;
    onDelivery(changes.length, Date.parse(changes.at(-1)?.at ?? ''));
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return () => {
    socket.close();
  };
}

async function startChild(file: string): Promise<BenchServer> {
  const child = fork(fileURLToPath(new URL(`./${file}`, import.meta.url)), { execArgv: ['--import', 'tsx'] });
  const { origin } = await nextMessage<{ origin: string }>(child);
  return {
    child,
    origin,
    async ask<T>(message: object) {
      const answer = nextMessage<T>(child);
      child.send(message);
      return answer;
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function nextMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T));
    child.once('exit', (code) => reject(new Error(`the bench server ended with ${code}`)));
  });
}

async function until(condition: () => boolean, what: string) {
  const deadline = performance.now() + 20_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not within 20 s: ${what}`);
    await wait(1);
  }
}
