import { useEffect, useRef, useState, type RefObject } from 'react';
import { MapScene, type MapEvents } from './map-scene.ts';
import { exposeTestHandle } from './test-handle.ts';

/** `failed` and `unsupported` stay until `retry`; `lost` ends by itself when the graphics card is back. */
export type SceneState = 'drawing' | 'lost' | 'failed' | 'unsupported';

type PickEvents = Omit<MapEvents, 'onLost' | 'onRestored' | 'onFailed'>;

const FAILURES_ALLOWED = 3;
const RESTART_MS = 800;

/**
 * Makes the scene inside the container and keeps it alive: a failed or lost one is replaced. `scene` is null while
 * there is none.
 */
export function useMapScene(
  container: RefObject<HTMLElement | null>,
  credits: RefObject<HTMLElement | null>,
  events: PickEvents,
): { scene: MapScene | null; state: SceneState; retry: () => void } {
  const [scene, setScene] = useState<MapScene | null>(null);
  const [state, setState] = useState<SceneState>('drawing');
  const [attempt, setAttempt] = useState(0);
  const failures = useRef(0);
  const current = useRef(events);
  useEffect(() => {
    current.current = events;
  });

  useEffect(() => {
    const [box, creditBox] = [container.current, credits.current];
    if (!box || !creditBox) return;
    let made: MapScene | null = null;
    let hide: (() => void) | undefined;
    let restartTimer: ReturnType<typeof setTimeout> | undefined;
    const restart = () => {
      restartTimer = setTimeout(() => setAttempt((n) => n + 1), RESTART_MS);
    };
    const make = () => {
      try {
        made = new MapScene(box, creditBox, {
          onClick: (...clicked) => current.current.onClick(...clicked),
          onHover: (hover) => current.current.onHover(hover),
          onDrawn: (drawn) => current.current.onDrawn(drawn),
          onRest: (camera) => current.current.onRest(camera),
          onSource: (...told) => current.current.onSource(...told),
          onLost: () => setState('lost'),
          onRestored: restart,
          onFailed: () => {
            failures.current += 1;
            if (failures.current < FAILURES_ALLOWED) restart();
            else setState('failed');
          },
        });
        hide = exposeTestHandle(made);
        setState('drawing');
      } catch {
        setState('unsupported');
      }
      setScene(made);
    };
    // Not at once: an effect that is undone in the same breath must not cost a graphics context.
    const makeTimer = setTimeout(make, 0);
    return () => {
      clearTimeout(makeTimer);
      clearTimeout(restartTimer);
      hide?.();
      setScene(null);
      made?.destroy();
    };
  }, [attempt, container, credits]);

  return {
    scene,
    state,
    retry: () => {
      failures.current = 0;
      setAttempt((n) => n + 1);
    },
  };
}
