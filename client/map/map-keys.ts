import type { KeyboardEvent } from 'react';
import type { MapScene } from './map-scene.ts';

const steps: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

export function moveByKey({ navigation }: MapScene, event: KeyboardEvent): void {
  const step = steps[event.key];
  if (step) navigation.step(...step);
  else if (event.key === '+' || event.key === '=') navigation.zoom(0.55);
  else if (event.key === '-' || event.key === '_') navigation.zoom(1.8);
  else return;
  event.preventDefault();
}

/** While something is drawn; true when the key was for it. */
export function drawByKey({ sketch }: MapScene, event: KeyboardEvent): boolean {
  if (!sketch.isDrawing) return false;
  if (event.key === 'Enter') sketch.finish();
  else if (event.key === 'Escape') sketch.clear();
  else if (event.key === 'Backspace') sketch.takeBack();
  else return false;
  event.preventDefault();
  return true;
}
