import type { Scope } from '#contract/access';
import type { Found } from '#contract/search';
import type { LonLat } from '#contract/shared';
import type { Context } from '../context.ts';
import { findBesideLine, findByEnding, findNearestOfClasses } from '../tiles/find-parts.ts';
import { partsHolderOf } from '../tiles/hold-parts.ts';
import { findDistrictBounds, findPartsInMemory } from '../tiles/service.ts';
import { orderFound, type Candidate } from './order-found.ts';
import { readNames, type NamedThing } from './hold-names.ts';
import { RANK, rankName, readTyped, type Typed } from './match-name.ts';
import { parsePosition } from './parse-position.ts';
import { readAddress, splitClassAndPlace } from './read-query.ts';
import * as repository from './repository.ts';
import { showCase, showCell, showPart, showPosition } from './show-found.ts';

type Services = Pick<Context, 'db' | 'clock' | 'log'>;

export interface Query {
  q: string;
  /** Where the map looks. */
  near: LonLat | undefined;
  limit: number;
}

/** Endings shorter than this fit too many codes to be of use. */
const SHORTEST_ENDING = 3;
/** Parts listed below a class that was named. */
const PARTS_OF_CLASS = 5;

/**
 * Everything that fits what was typed, the best first: a whole code, then codes that begin so, names that are it,
 * begin so, have it inside, and pinyin (`RANK`); among equals, what lies nearer to `near`. Parts, cases and cameras
 * are those of the scope; divisions, roads, buildings, cells, classes and units are the same for all.
 */
export async function search(services: Services, scope: Scope, query: Query): Promise<Found[]> {
  const typed = readTyped(query.q);
  if (typed.compact === '') return [];
  const { db } = services;
  const position = parsePosition(typed.text, await findHome(services));
  const names = (await readNames(db)).flat();
  const candidates = (
    await Promise.all([
      findNames(services, scope, names, typed),
      findByDigits(services, scope, query, typed),
      findCases(services, scope, query, typed),
      findPartsOfClass(services, scope, names, query, typed),
    ])
  ).flat();
  const ordered = orderFound(candidates, query);
  return position ? [showPosition(position), ...ordered].slice(0, query.limit) : ordered;
}

async function findHome({ db }: Services) {
  const bounds = await findDistrictBounds(db);
  if (!bounds) return undefined;
  const [west, south, east, north] = bounds;
  return { west, south, east, north };
}

async function findNames(
  { db }: Services,
  scope: Scope,
  names: readonly NamedThing[],
  typed: Typed,
): Promise<Candidate[]> {
  const address = readAddress(typed);
  const found = names.flatMap(({ found, name }): Candidate[] => {
    const rank = rankName(name, typed);
    if (rank > 0) return [{ found, rank }];
    // “西津西路 123”: the road, with the number said.
    if (!address || found.kind !== 'road') return [];
    const rankOfRoad = rankName(name, address.road);
    const numbered = {
      zh: `${found.detail.zh} · ${address.number}号`,
      en: `${found.detail.en} · No. ${address.number}`,
    };
    return rankOfRoad > 0 ? [{ found: { ...found, detail: numbered }, rank: rankOfRoad - 1 }] : [];
  });
  const cameras = found.flatMap(({ found: { kind, id } }) => (kind === 'camera' ? [id] : []));
  if (cameras.length === 0) return found;
  const visible = await repository.listVisibleCameras(db, scope, cameras);
  return found.filter(({ found: { kind, id } }) => kind !== 'camera' || visible.has(id));
}

/** Parts and cells by the digits of their code. */
async function findByDigits(
  services: Services,
  scope: Scope,
  { near, limit }: Query,
  { compact }: Typed,
): Promise<Candidate[]> {
  if (!/^\d{3,17}$/.test(compact)) return [];
  const { db } = services;
  const [beginning, cells, ending] = await Promise.all([
    compact.length >= 6 ? repository.listPartsByBeginning(db, scope, compact, limit) : [],
    compact.length <= 15 ? repository.listCellsByDigits(db, compact, limit) : [],
    compact.length < 16 ? listByEnding(services, scope, { ending: compact, near, limit }) : [],
  ]);
  const rankOf = (code: string) =>
    code === compact ? RANK.code : code.startsWith(compact) ? RANK.codeStart : RANK.nameInside;
  return [
    ...[...beginning, ...ending].map((part) => ({ found: showPart(part), rank: rankOf(part.code) })),
    ...cells.map((cell) => ({ found: showCell(cell), rank: rankOf(cell.code) })),
  ];
}

async function listByEnding(
  { db, ...rest }: Services,
  scope: Scope,
  given: { ending: string; near: LonLat | undefined; limit: number },
): Promise<repository.FoundPart[]> {
  if (given.ending.length < SHORTEST_ENDING) return [];
  const index = await findPartsInMemory(db, partsHolderOf({ db, ...rest }));
  return index
    ? repository.listPartsByCode(db, scope, findByEnding(index, scope, given))
    : repository.listPartsByEnding(db, scope, given.ending, given.limit);
}

/** Cases by their number or digits of it, and by their note. */
async function findCases(
  { db }: Services,
  scope: Scope,
  { limit }: Query,
  { text, compact }: Typed,
): Promise<Candidate[]> {
  if (/^[\d-]{3,24}$/.test(compact)) {
    const cases = await repository.listCasesByNumber(db, scope, compact, limit);
    return cases.map((one) => ({
      found: showCase(one),
      rank:
        one.number === compact
          ? RANK.code
          : one.number.startsWith(compact)
            ? RANK.codeStart
            : RANK.nameInside,
    }));
  }
  if (text.length < 2) return [];
  const cases = await repository.listCasesByNote(db, scope, text, limit);
  return cases.map((one) => ({ found: showCase(one), rank: RANK.nameInside }));
}

/** “路灯 敦煌路”: parts of a class at a road, building or division; “路灯” alone: the nearest of them. */
async function findPartsOfClass(
  services: Services,
  scope: Scope,
  names: readonly NamedThing[],
  { near, limit }: Query,
  typed: Typed,
): Promise<Candidate[]> {
  const { db, ...rest } = services;
  const wanted = splitClassAndPlace(names, typed);
  if (!wanted) return [];
  const { classes, place } = wanted;
  const index = near && (await findPartsInMemory(db, partsHolderOf({ db, ...rest })));
  if (place) {
    const parts =
      index && place.kind === 'road'
        ? await repository.listPartsByCode(
            db,
            scope,
            findBesideLine(index, scope, {
              ...{ classes, near, limit, degrees: repository.BESIDE_DEGREES },
              line: await repository.findRoadLine(db, place.id),
            }),
          )
        : await repository.listPartsAtPlace(db, scope, { classes, place, near, limit });
    return parts.map((part) => ({ found: showPart(part), rank: RANK.name }));
  }
  if (!index) return [];
  const codes = findNearestOfClasses(index, scope, { classes, near, limit: PARTS_OF_CLASS });
  const parts = await repository.listPartsByCode(db, scope, codes);
  return parts.map((part) => ({ found: showPart(part), rank: RANK.wordStart }));
}
