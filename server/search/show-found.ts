import type { Found } from '#contract/search';
import type { TypedPosition } from './parse-position.ts';
import type { FoundCase, FoundCell, FoundPart } from './repository.ts';

const DATUM_NAMES = { wgs84: 'WGS 84', gcj02: 'GCJ-02', bd09: 'BD-09' } as const;
const SHOWN_DECIMALS = 6;

export function showPart({ code, name, owner, position }: FoundPart): Found {
  const detail = owner === null ? code : `${code} · ${owner}`;
  return { kind: 'part', id: code, title: name, detail: { zh: detail, en: detail }, position };
}

export function showCell({ code, community, position, bounds }: FoundCell): Found {
  return { kind: 'cell', id: code, title: { zh: code, en: code }, detail: community, position, bounds };
}

export function showCase({ id, number, className, community, note, position }: FoundCase): Found {
  const say = (name: string, place: string) => [name, place, note].filter((text) => text !== '').join(' · ');
  return {
    kind: 'case',
    id,
    title: { zh: number, en: number },
    detail: { zh: say(className.zh, community.zh), en: say(className.en, community.en) },
    position,
  };
}

/** In WGS 84, saying what the numbers were taken for. */
export function showPosition({ position, datum }: TypedPosition): Found {
  const id = `${position.lon},${position.lat}`;
  const title = `${position.lon.toFixed(SHOWN_DECIMALS)}, ${position.lat.toFixed(SHOWN_DECIMALS)}`;
  const from = DATUM_NAMES[datum];
  return {
    kind: 'position',
    id,
    title: { zh: title, en: title },
    detail:
      datum === 'wgs84'
        ? { zh: '坐标（WGS 84）', en: 'Position (WGS 84)' }
        : { zh: `坐标（由 ${from} 转为 WGS 84）`, en: `Position (${from} turned into WGS 84)` },
    position,
  };
}
