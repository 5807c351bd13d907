import { useEffect, useState } from 'react';
import type { LonLat } from '#contract/shared';

export type PositionState = 'off' | 'locating' | 'known' | 'failed';

/** Where this phone is, followed once somebody asked for it; phones tell it on secure origins only. */
export function usePosition(): { state: PositionState; position: LonLat | undefined; ask: () => void } {
  const [state, setState] = useState<PositionState>('off');
  const [position, setPosition] = useState<LonLat>();
  const follows = state !== 'off' && state !== 'failed';
  useEffect(() => {
    if (!follows) return undefined;
    const watch = navigator.geolocation.watchPosition(
      ({ coords }) => {
        setPosition({ lon: coords.longitude, lat: coords.latitude });
        setState('known');
      },
      () => setState('failed'),
      { enableHighAccuracy: true, maximumAge: 15_000, timeout: 20_000 },
    );
    return () => navigator.geolocation.clearWatch(watch);
  }, [follows]);
  return { state, position, ask: () => setState('geolocation' in navigator ? 'locating' : 'failed') };
}
