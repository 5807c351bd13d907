import { useEffect, useRef, type RefObject } from 'react';
import type { MapFocus } from './district-map.tsx';
import type { MapMode } from './layers/wanted-layers.ts';
import type { MapCamera } from './map-camera.ts';
import type { MapScene } from './map-scene.ts';
import type { Bounds, Overview } from './overview.ts';

const FOCUS_RANGE_METRES = 450;

/**
 * Puts the camera where the screen begins, follows `focus` and the highlighted division, and returns the way home.
 * A new scene (after a lost one) begins where this screen is about.
 */
export function useHome(
  scene: MapScene | null,
  overview: Overview | undefined,
  mode: MapMode,
  highlightDivision: string | undefined,
  focus: MapFocus | undefined,
  placed: boolean,
): () => void {
  const division = overview?.divisions.find(({ code }) => code === highlightDivision);
  const bounds: Bounds | undefined = division?.bounds ?? overview?.builtUpBounds;
  const begun = useRef<{ scene: MapScene; bounds: Bounds; focus?: string | undefined } | null>(null);
  useEffect(() => {
    if (!scene || !overview || !bounds) return;
    const before = begun.current?.scene === scene ? begun.current : null;
    begun.current = { scene, bounds, focus: focus?.key };
    const newFocus = focus && focus.key !== before?.focus ? focus : null;
    if (newFocus)
      scene.navigation.flyTo(newFocus, newFocus.rangeMetres ?? FOCUS_RANGE_METRES, before !== null);
    // Whoever gave a camera has said where to begin.
    else if (placed && before?.bounds === undefined) return;
    // A wall that has nothing to look at any more goes home by itself.
    else if (before?.bounds !== bounds || (mode === 'wall' && before?.focus && !focus))
      scene.navigation.showBounds(bounds, { tilted: mode === 'wall', fly: before !== null });
  }, [scene, overview, bounds, mode, focus, placed]);
  return () => {
    if (scene && bounds) scene.navigation.showBounds(bounds, { tilted: mode === 'wall', fly: true });
  };
}

/** Looks from the given camera: at once at first, then in a flight to each that is not the one told of last. */
export function useGivenCamera(
  scene: MapScene | null,
  ready: boolean,
  camera: MapCamera | undefined,
  told: RefObject<MapCamera | null>,
): void {
  const seen = useRef<MapScene | null>(null);
  const key = camera && keyOf(camera);
  useEffect(() => {
    if (!scene || !ready || !camera || !key) return;
    const first = seen.current !== scene;
    seen.current = scene;
    if (!first && told.current && keyOf(told.current) === key) return;
    scene.navigation.lookFrom(camera, !first);
    // Another object with the same values is the same camera.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [scene, ready, key]);
}

/** As fine as an address holds it. */
function keyOf({ lon, lat, rangeMetres, headingDegrees, pitchDegrees }: MapCamera): string {
  const angles = [Math.round(headingDegrees) % 360, Math.round(pitchDegrees)];
  return [lon.toFixed(6), lat.toFixed(6), Math.round(rangeMetres), ...angles].join();
}
