/** The bare thing: a `ws` server that broadcasts one text. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import { sampleChange } from './sample-change.ts';

const http = createServer((request, response) => {
  let body = '';
  request.on('data', (text: Buffer) => (body += text.toString()));
  request.on('end', () => {
    JSON.parse(body);
    broadcast(1);
    response.end('{}');
  });
});
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
let seq = 0;

function broadcast(count: number) {
  const changes = Array.from({ length: count }, () => sampleChange(++seq));
  const text = JSON.stringify({ from: seq - count, to: seq, serverNow: new Date().toISOString(), changes });
  for (const socket of sockets.clients) socket.send(text);
}

process.on('message', (order: { count: number; perSecond: number }) => void makeChanges(order));

async function makeChanges({ count, perSecond }: { count: number; perSecond: number }) {
  const before = process.cpuUsage();
  const started = performance.now();
  for (let n = 0; n < count; n++) {
    broadcast(1);
    await wait(Math.max(0, started + ((n + 1) * 1000) / perSecond - performance.now()));
  }
  const used = process.cpuUsage(before);
  process.send?.({ cpuSeconds: (used.user + used.system) / 1e6 });
}

http.listen(0, '127.0.0.1', () => {
  process.send?.({ origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}` });
});
