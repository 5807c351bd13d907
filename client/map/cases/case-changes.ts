import type { LonLat, Light } from '#contract/shared';
import type { PlacedCase } from './cluster-cases.ts';

/** Something that has just happened to a case, shown once where it happened. */
export interface CaseNews {
  position: LonLat;
  light: Light;
  since: number;
}

/**
 * What is news between two looks at the cases: those that turned red, those that came, those that left (were closed).
 * The first look is no news. Many at once (a new connection, another filter) are none either.
 */
export function findNews(
  before: ReadonlyMap<string, PlacedCase> | null,
  after: ReadonlyMap<string, PlacedCase>,
  now: number,
): CaseNews[] {
  if (!before) return [];
  const news: CaseNews[] = [];
  for (const [id, { position, light }] of after) {
    const known = before.get(id);
    if (!known || (light === 'red' && known.light !== 'red')) news.push({ position, light, since: now });
  }
  for (const [id, { position }] of before)
    if (!after.has(id)) news.push({ position, light: 'none', since: now });
  return news.length > MOST_NEWS ? [] : news;
}

const MOST_NEWS = 12;
