import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sql } from 'sql-template-tag';
import type { ClassEntry } from '#contract/dictionary';
import type { Channel } from '#contract/reports';
import type { SessionUser } from '../access/session-user.ts';
import { insertAttachment, keepFile } from '../attachments/service.ts';
import { listCameras } from '../cameras/service.ts';
import { findUnits } from '../cases/service.ts';
import type { Queryable } from '../db/database.ts';
import { readDictionary } from '../dictionary/service.ts';
import { ruleDayOf } from '../dictionary/rule-day.ts';
import { AppError, appError } from '../errors.ts';
import { openFileStore } from '../files/file-store.ts';
import type { JobContext } from '../jobs/service.ts';
import { projectRoot } from '../project-root.ts';
import { divisionNamesOf, placeReport } from '../reports/place-report.ts';
import { projectFraming } from '../reports/project-framing.ts';
import { listUnits, resolveUnit } from '../units/service.ts';
import { sortPeople } from './people.ts';
import * as repository from './repository.ts';
import { seededRandom, weighted, type Random } from './seeded-random.ts';
import { temperamentOf } from './temperament.ts';
import type { Site, Town } from './town.ts';

/** How often each channel reports. */
const CHANNELS: [Channel, number][] = [
  ['collector', 58],
  ['hotline', 16],
  ['video', 12],
  ['public', 9],
  ['device', 3],
  ['api', 2],
];

/** What a street sees every day; every other event is worth 0.5. */
const COMMON_EVENTS: Record<string, number> = {
  E09001: 20,
  E06010: 16,
  E09005: 13,
  E09009: 12,
  E09010: 11,
  E07001: 12,
  E06036: 9,
  E06042: 8,
  E06013: 6,
  E06051: 4,
  E06014: 4,
  E06012: 4,
};
const OTHER_EVENT = 0.5;
/** Another than the usual condition of a class: how often. */
const OTHER_CONDITION = 0.2;
const VIDEO_SITES_PER_CAMERA = 24;
const WHOLE_DISTRICT = { kind: 'district', code: '' } as const;
/** Reads that wait for each other cost nothing; PostgreSQL answers a few at once. */
const AT_ONCE = 4;

export interface TownWanted {
  seed: number;
  /** How many places have problems. */
  sites: number;
  until: Date;
}

/**
 * Reads the district once: who acts, what goes wrong where, and who answers for it, decided by the same rules as for
 * any other report, as they hold at the end.
 * @throws SIMULATION_NEEDS_ACCOUNTS, SIMULATION_NEEDS_DATA
 */
export async function loadTown(context: JobContext, wanted: TownWanted): Promise<Town> {
  const { db, axis } = context;
  const { seed, until } = wanted;
  const people = sortPeople(await repository.listAccounts(db));
  const { items: listed } = await listUnits(db, { limit: 1_000 });
  const open = listed.filter(({ closedAt }) => closedAt === undefined || closedAt > ruleDayOf(until));
  const units = new Map(
    (
      await findUnits(
        db,
        open.map(({ code }) => code),
      )
    ).map((unit) => [unit.code, unit]),
  );
  if (units.size < 2) throw appError('SIMULATION_NEEDS_DATA', { units: units.size });
  const { classes } = await readDictionary(db, ruleDayOf(until));
  const answers = rememberAnswers(db);
  const sites = await findSites(answers, classes, wanted);
  const videoSites = await findVideoSites(answers, classes, wanted);
  if (sites.length === 0) throw appError('SIMULATION_NEEDS_DATA', { sites: 0 });
  const drawSite = drawer(sites);
  const drawVideoSite = videoSites.length > 0 ? drawer(videoSites) : drawSite;
  const drawChannel = weighted(CHANNELS, ([, share]) => share);
  return {
    seed,
    axis: axis.current(),
    holder: axis,
    until: until.getTime(),
    people,
    units,
    temperaments: new Map([...units.keys()].map((code) => [code, temperamentOf(code, seed)])),
    photos: await keepPhotos(context, people.byUnit, until),
    drawSite,
    drawVideoSite,
    drawUnresolvedSite:
      drawerOrNone(sites.filter(({ resolution }) => resolution.unit === undefined)) ?? drawSite,
    drawChannel: (random) => drawChannel(random)[0],
  };
}

/** A few places have most of the trouble. */
function drawer(sites: readonly Site[]): (random: Random) => Site {
  return weighted(sites, (_, rank) => 1 / (rank + 12));
}

function drawerOrNone(sites: readonly Site[]): ((random: Random) => Site) | undefined {
  return sites.length === 0 ? undefined : drawer(sites);
}

/** Answers the same question without asking again: the dictionary and the duties do not change meanwhile. */
function rememberAnswers(db: Queryable): Queryable {
  const known = new Map<string, Promise<{ rows: unknown[]; rowCount: number }>>();
  return {
    query<Row>(statement: Sql) {
      const key = JSON.stringify([statement.text, statement.values]);
      const found = known.get(key) ?? db.query(statement);
      known.set(key, found);
      return found as Promise<{ rows: Row[]; rowCount: number }>;
    },
  };
}

async function findSites(db: Queryable, classes: ClassEntry[], wanted: TownWanted): Promise<Site[]> {
  const random = seededRandom(wanted.seed, 'sites');
  const byId = new Map(classes.map((entry) => [entry.id, entry]));
  const drawEvent = weighted(
    classes.filter(({ kind, limits }) => kind === 'event' && limits.length > 0),
    ({ id }) => COMMON_EVENTS[id] ?? OTHER_EVENT,
  );
  const spots = shuffle(random, await repository.listSpots(db, Math.ceil(wanted.sites / 2)));
  const planned = spots.slice(0, wanted.sites).flatMap((spot) => {
    const entry = spot.class === null ? drawEvent(random) : byId.get(spot.class);
    if (!entry || entry.limits.length === 0) return [];
    const limitId = random.chance(OTHER_CONDITION) ? drawCondition(random, entry) : undefined;
    return [{ spot, entry, limitId }];
  });
  const sites = await inTurns(planned, async ({ spot, entry, limitId }) =>
    siteAt(db, wanted.until, {
      entry,
      limitId,
      position: spot.position,
      part: spot.part ?? undefined,
      place: spot.kind === 'carriageway' || spot.kind === 'footway' ? spot.kind : undefined,
      channel: 'collector',
    }),
  );
  return sites.filter((site) => site !== undefined);
}

/** Urgent ones are rare; special ones are what patrols look for at night. */
function drawCondition(random: Random, { limits }: ClassEntry): number {
  return weighted(limits, ({ urgent, special }) => (urgent ? 0.08 : special ? 3 : 1))(random).id;
}

/** What operators frame: places on the ground that a calibrated camera sees. */
async function findVideoSites(db: Queryable, classes: ClassEntry[], wanted: TownWanted): Promise<Site[]> {
  const random = seededRandom(wanted.seed, 'video');
  const common = classes.filter(({ id }) => id in COMMON_EVENTS);
  if (common.length === 0) return [];
  const draw = weighted(common, ({ id }) => COMMON_EVENTS[id] ?? OTHER_EVENT);
  const { items: cameras } = await listCameras(db, WHOLE_DISTRICT, { limit: 200 });
  const planned = cameras
    .filter(({ model }) => model)
    .flatMap((camera) =>
      Array.from({ length: VIDEO_SITES_PER_CAMERA }, () => ({ camera, entry: draw(random) })),
    )
    .map(({ camera, entry }) => ({
      camera,
      entry,
      box: {
        x: random.between(0.05, 0.75),
        y: random.between(0.4, 0.7),
        width: random.between(0.06, 0.16),
        height: random.between(0.1, 0.24),
      },
    }));
  const sites = await inTurns(planned, async ({ camera, entry, box }) => {
    const projected = orNothing(() => projectFraming(camera, box, entry.stance));
    if (!projected) return undefined;
    const site = await siteAt(db, wanted.until, { entry, position: projected.ground, channel: 'video' });
    return (
      site && {
        ...site,
        accuracyMetres: Math.round(projected.ellipse.semiMajorMetres * 10) / 10,
        framing: {
          cameraId: camera.id,
          calibrationVersion: camera.calibrationVersion,
          box,
          stillId: null,
          evidenceId: null,
          ellipse: projected.ellipse,
          footprint: projected.footprint,
          ground: site.place.position,
        },
      }
    );
  });
  return sites.filter((site) => site !== undefined);
}

/** Undefined for what the product itself would refuse: a rectangle in the sky, a place outside the district. */
function orNothing<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

interface SiteWanted {
  entry: ClassEntry;
  position: Site['place']['position'];
  limitId?: number | undefined;
  part?: string | undefined;
  place?: string | undefined;
  channel: Channel;
}

async function siteAt(db: Queryable, at: Date, wanted: SiteWanted): Promise<Site | undefined> {
  const { entry, position } = wanted;
  try {
    const resolution = await resolveUnit(db, { ...wanted, class: entry.id, at });
    const place = await placeReport(db, position);
    return {
      entry,
      limit: resolution.limit,
      place,
      divisionNames: await divisionNamesOf(db, place),
      resolution,
      accuracyMetres: wanted.part === undefined ? 8 : 5,
    };
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** One photo for each unit's clerk, as if they had taken it: all the same picture, which is kept once. */
async function keepPhotos(
  { db, config }: JobContext,
  clerks: ReadonlyMap<string, SessionUser>,
  at: Date,
): Promise<Map<string, string>> {
  const files = openFileStore(join(config.dataDir, 'files'));
  const bytes = await readFile(join(projectRoot, 'data/qilihe/sample-photo.jpg'));
  const photos = new Map<string, string>();
  for (const [unit, { id }] of clerks) {
    const row = await keepFile(files, bytes, {
      mediaType: 'image/jpeg',
      purpose: 'photo',
      createdBy: id,
      createdAt: at,
    });
    await insertAttachment(db, row);
    photos.set(unit, row.id);
  }
  return photos;
}

function shuffle<T>(random: Random, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** Results in the order of the items, a few under way at once. */
async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < items.length) {
        const at = next++;
        const item = items[at];
        if (item !== undefined) results[at] = await work(item);
      }
    }),
  );
  return results;
}
