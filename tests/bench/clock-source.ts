import { spawn } from 'node:child_process';
import { counterSquare, paintCounter, stampCounter } from '../support/counter-video.ts';

/** A camera whose every picture shows the UTC milliseconds at which it was made: `clock-source.ts WIDTH HEIGHT FPS RTP_PORT`. */
const [width = 1280, height = 720, framesPerSecond = 25, rtpPort = 5004] = process.argv.slice(2).map(Number);
const input = [
  '-f',
  'rawvideo',
  '-pix_fmt',
  'yuv420p',
  '-s',
  `${width}x${height}`,
  '-r',
  `${framesPerSecond}`,
];
const encode = [
  '-c:v',
  'libx264',
  '-preset',
  'ultrafast',
  '-tune',
  'zerolatency',
  '-threads',
  '1',
  '-b:v',
  '2500k',
];
const output = ['-g', `${framesPerSecond}`, '-f', 'rtp', `rtp://127.0.0.1:${rtpPort}?pkt_size=1300`];
const quiet = ['-loglevel', 'error', '-probesize', '32', '-fflags', 'nobuffer'];
const encoder = spawn('ffmpeg', [...quiet, ...input, '-i', '-', ...encode, ...output], {
  stdio: ['pipe', 'ignore', 'inherit'],
});

const textures = Array.from({ length: 32 }, (_, n) => paintCounter(width, height, n * counterSquare));
let count = 0;
const started = Date.now();
const emit = () => {
  const frame = Buffer.from(textures[count % textures.length] ?? Buffer.alloc(0));
  stampCounter(frame, width, Date.now());
  encoder.stdin.write(frame);
  count++;
  setTimeout(emit, Math.max(0, started + (count * 1000) / framesPerSecond - Date.now()));
};
emit();
process.on('SIGTERM', () => {
  encoder.kill('SIGKILL');
  process.exit(0);
});
