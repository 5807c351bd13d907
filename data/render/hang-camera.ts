import type { CameraModel, LonLat } from '#geometry/camera-model';
import { createLocalPlane } from '#geometry/local-plane';
import { RANGE_METRES } from './camera-plans.ts';
import type { CameraPlan } from './camera-plans.ts';
import type { CameraSpot, DistrictLayers } from './district-layers.ts';
import { gap } from './motion.ts';
import type { Spot } from './scene-description.ts';
import { frameStreet, listRoadPieces } from './street-frame.ts';

const WIDTH = 1280;
const HEIGHT = 720;

/**
 * The camera hangs on the lamp nearest to its spot, half a metre ahead of the post on an arm a metre long over
 * the carriageway, so that the post it would otherwise look at is behind it.
 */
export function hangOnLamp(spot: CameraSpot, layers: DistrictLayers): LonLat {
  const plane = createLocalPlane(spot);
  const places = layers.parts
    .filter((part) => part.properties.class === 'P01037')
    .map(
      ({
        geometry: {
          coordinates: [lon = 0, lat = 0],
        },
      }): Spot => {
        const { east, north } = plane.toPlane({ lon, lat });
        return [east, north];
      },
    );
  const { east, north } = plane.toPlane({ lon: spot.lookLon, lat: spot.lookLat });
  const pieces = listRoadPieces(layers, plane, 100);
  const { headingDegrees } = frameStreet(pieces, spot.roadCode, [east, north]);
  const lamp = places.toSorted((p, q) => gap(p, [0, 0]) - gap(q, [0, 0]))[0];
  if (!lamp || gap(lamp, [0, 0]) > 18) throw new Error(`no lamp to hang ${spot.id} on`);
  const heading = (headingDegrees * Math.PI) / 180;
  const [sin, cos] = [Math.sin(heading), Math.cos(heading)];
  return round(plane.toLonLat(lamp[0] + sin * 0.5 + cos, lamp[1] + cos * 0.5 - sin));
}

function round({ lon, lat }: LonLat): LonLat {
  return { lon: Math.round(lon * 1e8) / 1e8, lat: Math.round(lat * 1e8) / 1e8 };
}

/** The camera's true pose. */
export function cameraOf(plan: CameraPlan, position: LonLat, streetHeading: number): CameraModel {
  const heading = streetHeading + plan.turnDegrees;
  return {
    position,
    pose: {
      heightMetres: plan.heightMetres,
      headingDegrees: Math.round(((heading + 360) % 360) * 10) / 10,
      pitchDegrees: plan.pitchDegrees,
      rollDegrees: plan.rollDegrees,
    },
    horizontalFovDegrees: plan.horizontalFovDegrees,
    k1: plan.k1,
    k2: 0,
    width: WIDTH,
    height: HEIGHT,
    rangeMetres: RANGE_METRES,
  };
}
