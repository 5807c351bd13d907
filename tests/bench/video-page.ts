import type { LiveMode } from '#contract/media';
import { LiveConnection } from '../../client/features/media/live-connection.ts';
import type { ShownFrame } from '../../client/features/media/live-player.ts';
import { MsePlayer } from '../../client/features/media/mse-player.ts';
import { WebCodecsPlayer } from '../../client/features/media/webcodecs-player.ts';

declare global {
  interface Window {
    measureDelays: (cameraId: string, mode: LiveMode, frames: number) => Promise<number[]>;
  }
}

const bits = 48;
const perRow = 24;
const square = 12;
const settleMs = 3000;
/** Reading the screen back costs tens of milliseconds in software GL, which must not delay the next pictures. */
const readEvery = 5;

/** Reads the burnt-in clock off what is on the screen. */
function readClock(context: CanvasRenderingContext2D, picture: CanvasImageSource): number {
  context.drawImage(picture, 0, 0);
  const { data, width } = context.getImageData(0, 0, perRow * square, 2 * square);
  let value = 0;
  for (let bit = 0; bit < bits; bit++) {
    const x = (bit % perRow) * square + square / 2;
    const y = Math.floor(bit / perRow) * square + square / 2;
    value = value * 2 + ((data[(y * width + x) * 4] ?? 0) > 128 ? 1 : 0);
  }
  return value;
}

window.measureDelays = (cameraId, mode, frames) =>
  new Promise((resolve) => {
    const canvas = document.createElement('canvas');
    canvas.width = perRow * square;
    canvas.height = 2 * square;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('no canvas');
    const delays: number[] = [];
    let seen = 0;
    const startedMs = performance.now();
    const onFrame = (_frame: ShownFrame) => {
      const now = Date.now();
      if (performance.now() - startedMs < settleMs || ++seen % readEvery !== 0) return;
      delays.push(now - readClock(context, player.element));
      if (delays.length < frames) return;
      link.close();
      player.close();
      resolve(delays);
    };
    const events = { onFrame, onUnplayable: () => resolve([]) };
    const player = mode === 'mse' ? new MsePlayer(cameraId, events) : new WebCodecsPlayer(cameraId, events);
    document.body.replaceChildren(player.element);
    const link = new LiveConnection(cameraId, mode, {
      onConfig: (config) => player.takeConfig(config),
      onPicture: (message) => player.takePicture(message),
      onState: () => undefined,
      onSocket: () => undefined,
    });
  });
