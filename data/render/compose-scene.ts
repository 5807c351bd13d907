import { createLocalPlane } from '#geometry/local-plane';
import type { CameraPlan } from './camera-plans.ts';
import type { DistrictLayers } from './district-layers.ts';
import { cameraOf, hangOnLamp } from './hang-camera.ts';
import { modelOfPart, stanceOfPart } from './part-catalogue.ts';
import { gap, headingOf } from './motion.ts';
import { paintRoads } from './road-markings.ts';
import type { BuildingBlock, Prop, SceneDescription, Spot, SurfacePatch } from './scene-description.ts';
import { distanceToPiece, frameStreet, isInside, listRoadPieces } from './street-frame.ts';
import type { RoadPiece, StreetFrame } from './street-frame.ts';
import { makeTraffic, makeWalkers } from './traffic.ts';

const FRAMES_PER_SECOND = 15;
const DURATION_SECONDS = 24;

const SURFACE_REACH = 320;
const BUILDING_REACH = 650;
const PART_REACH = 250;

/** Everything one camera can see, in metres around its foot. Deterministic. */
export function composeScene(plan: CameraPlan, layers: DistrictLayers): SceneDescription {
  const spot = layers.cameras.find(({ id }) => id === plan.id);
  if (!spot) throw new Error(`the district proposes no spot for ${plan.id}`);
  const plane = createLocalPlane(hangOnLamp(spot, layers));
  const toSpot = (lon: number, lat: number): Spot => {
    const { east, north } = plane.toPlane({ lon, lat });
    return [east, north];
  };
  const pieces = listRoadPieces(layers, plane, SURFACE_REACH);
  const look = toSpot(spot.lookLon, spot.lookLat);
  const frame = frameStreet(pieces, spot.roadCode, look);
  const surfaces = cropSurfaces(layers, toSpot, pieces);
  const buildings = cropBuildings(layers, toSpot);
  const planned = plan.props.map((prop): Prop => {
    const { ahead, left, turnDegrees, variant = 0, ...rest } = prop;
    return {
      ...rest,
      variant,
      at: frame.spot(ahead, left),
      headingDegrees: frame.headingDegrees + turnDegrees,
    };
  });
  const carriageways = surfaces.filter(({ kind }) => kind === 'carriageway').map(({ ring }) => ring);
  const parts = placeParts(layers, toSpot, pieces, planned).filter(
    ({ at, model }) =>
      model !== 'tree' || (gap(at, [0, 0]) > 7 && !carriageways.some((ring) => isInside(at, ring))),
  );
  spoilParts(parts, plan, frame);
  const paint = paintRoads(pieces);
  const taken = [...parts.filter(({ truth }) => truth?.stance === 'upright'), ...planned].map(({ at }) => at);
  return {
    cameraId: plan.id,
    camera: cameraOf(plan, plane.origin, frame.headingDegrees),
    durationSeconds: DURATION_SECONDS,
    framesPerSecond: FRAMES_PER_SECOND,
    sun: plan.sun,
    surfaces,
    kerbs: findKerbs(surfaces),
    markings: paint.markings,
    buildings,
    props: [...parts, ...planned],
    movers: [
      ...makeTraffic(plan.id, frame, DURATION_SECONDS).filter((mover) => !blocks(mover.path, planned)),
      ...makeWalkers(plan.id, frame, buildings, DURATION_SECONDS, taken),
    ],
    landmarks: paint.landmarks,
  };
}

/** Nobody drives through a car that stands in the lane. */
function blocks(path: readonly Spot[], planned: readonly Prop[]): boolean {
  const [from, to] = path;
  return (
    from !== undefined &&
    to !== undefined &&
    planned.some(({ at, truth }) => truth?.place === 'carriageway' && distanceToPiece(at, { from, to }) < 1.9)
  );
}

function cropSurfaces(
  layers: DistrictLayers,
  toSpot: (lon: number, lat: number) => Spot,
  pieces: readonly RoadPiece[],
): SurfacePatch[] {
  return layers.surfaces.flatMap(({ geometry, properties }): SurfacePatch[] => {
    const ring = openRing(geometry.coordinates[0] ?? [], toSpot);
    if (!ring.some((spot) => gap(spot, [0, 0]) < SURFACE_REACH)) return [];
    const middle = meanOf(ring);
    const piece = nearestPiece(
      middle,
      pieces.filter(({ road }) => road.code === properties.road),
    );
    const headingDegrees = piece ? headingOf(piece.from, piece.to) : 0;
    return [{ kind: properties.kind, ring, headingDegrees }];
  });
}

function cropBuildings(layers: DistrictLayers, toSpot: (lon: number, lat: number) => Spot): BuildingBlock[] {
  return layers.buildings.flatMap(({ geometry, properties }): BuildingBlock[] => {
    const ring = openRing(geometry.coordinates[0] ?? [], toSpot);
    const { code, kind, heightMetres, floors } = properties;
    return gap(meanOf(ring), [0, 0]) < BUILDING_REACH ? [{ code, kind, heightMetres, floors, ring }] : [];
  });
}

function placeParts(
  layers: DistrictLayers,
  toSpot: (lon: number, lat: number) => Spot,
  pieces: readonly RoadPiece[],
  planned: readonly Prop[],
): Prop[] {
  return layers.parts.flatMap(({ geometry, properties }, index): Prop[] => {
    const [lon = 0, lat = 0] = geometry.coordinates;
    const at = toSpot(lon, lat);
    const model = modelOfPart(properties.class);
    const piece = nearestPiece(at, pieces);
    const mast = gap(at, [0, 0]) < 1.5;
    if (!model || !piece || gap(at, [0, 0]) > PART_REACH || mast) return [];
    if (planned.some((prop) => prop.model === model && gap(prop.at, at) < 2)) return [];
    return [
      {
        id: properties.code,
        model,
        at,
        headingDegrees: faceRoad(at, piece),
        variant: index % 7,
        truth: {
          kind: 'part',
          class: properties.class,
          stance: stanceOfPart(model),
          place: distanceToPiece(at, piece) < piece.road.carriagewayMetres / 2 ? 'carriageway' : 'footway',
          incident: false,
          partCode: properties.code,
        },
      },
    ];
  });
}

function spoilParts(parts: Prop[], plan: CameraPlan, frame: StreetFrame): void {
  const heading = (frame.headingDegrees * Math.PI) / 180;
  for (const { class: partClass, model, truth } of plan.spoilt) {
    const victim = parts
      .map((part) => ({
        part,
        ahead: part.at[0] * Math.sin(heading) + part.at[1] * Math.cos(heading),
        aside: part.at[0] * Math.cos(heading) - part.at[1] * Math.sin(heading),
      }))
      .filter(
        ({ part, ahead, aside }) => part.truth?.class === partClass && ahead > 10 && Math.abs(aside) < 9,
      )
      .toSorted((p, q) => p.ahead - q.ahead)[0];
    if (!victim) throw new Error(`no part ${partClass} in front of ${plan.id}`);
    victim.part.model = model;
    victim.part.truth = { ...truth, partCode: victim.part.id };
  }
}

/** The direction in which the middle of the road lies. */
function faceRoad([x, y]: Spot, { from, to }: RoadPiece): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const t = ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy);
  return headingOf([x, y], [from[0] + dx * t, from[1] + dy * t]);
}

function nearestPiece(spot: Spot, pieces: readonly RoadPiece[]): RoadPiece | undefined {
  let best: RoadPiece | undefined;
  let nearest = Infinity;
  for (const piece of pieces) {
    const distance = distanceToPiece(spot, piece);
    if (distance < nearest) [best, nearest] = [piece, distance];
  }
  return best;
}

/** Edges of footways along which a carriageway lies. */
function findKerbs(surfaces: readonly SurfacePatch[]): Spot[][] {
  const carriageways = surfaces.filter(({ kind }) => kind === 'carriageway');
  return surfaces
    .filter(({ kind }) => kind === 'footway')
    .flatMap(({ ring }) => {
      const near = carriageways.filter((road) => gap(meanOf(road.ring), meanOf(ring)) < 160);
      return ring.flatMap((from, index): Spot[][] => {
        const to = ring[(index + 1) % ring.length] ?? from;
        const length = gap(from, to);
        if (length < 0.05) return [];
        const outward: Spot = [(to[1] - from[1]) / length, -(to[0] - from[0]) / length];
        const middle: Spot = [
          (from[0] + to[0]) / 2 + outward[0] * 0.2,
          (from[1] + to[1]) / 2 + outward[1] * 0.2,
        ];
        return near.some((road) => isInside(middle, road.ring)) ? [[from, to]] : [];
      });
    });
}

function openRing(positions: readonly number[][], toSpot: (lon: number, lat: number) => Spot): Spot[] {
  return positions.slice(0, -1).map(([lon = 0, lat = 0]) => toSpot(lon, lat));
}

function meanOf(ring: readonly Spot[]): Spot {
  const sum = ring.reduce<Spot>(([x, y], [a, b]) => [x + a, y + b], [0, 0]);
  return [sum[0] / ring.length, sum[1] / ring.length];
}
