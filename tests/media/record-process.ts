import { createMediaHub } from '../../server/media/media-hub.ts';

/** A process that records one RTSP camera until it is killed: `record-process.ts DATA_DIR URL`. */
const [, , dataDir = '', url = ''] = process.argv;
const hub = createMediaHub({
  dataDir,
  clipsDir: dataDir,
  ffmpegPath: 'ffmpeg',
  clock: { now: () => new Date() },
  logger: { warn: (_details, message) => process.stderr.write(`${message}\n`) },
  cameras: (id) => Promise.resolve({ id, source: { type: 'rtsp', url }, width: 0, height: 0 }),
});
await hub.record(['street']);
setInterval(() => {
  void hub.status('street').then(({ ring }) => process.stdout.write(`${JSON.stringify(ring)}\n`));
}, 200);
