import { toLonLat } from './projection.ts';
import type { Point } from './projection.ts';
import type { Scenes } from './scenes.ts';

const MAST_HEIGHT_METRES = 8;

/** The text of qilihe/scenes.json; `codes` are those of the two drains' parts. */
export function scenesJson({ cameras, drains }: Scenes, codes: readonly [string, string]): string {
  const at = (point: Point): { lon: number | undefined; lat: number | undefined } => {
    const [lon, lat] = toLonLat(point);
    return { lon, lat };
  };
  return (
    JSON.stringify(
      {
        drains: {
          ...at(drains.first),
          roadCode: drains.side.edge.road.code,
          covers: [
            { part: codes[0], ...at(drains.first), unit: 'planning' },
            { part: codes[1], ...at(drains.second), unit: 'invest' },
          ],
        },
        cameras: cameras.map((camera) => {
          const [lookLon, lookLat] = toLonLat(camera.look);
          const road = camera.side.edge.road;
          return {
            id: camera.id,
            ...at(camera.mast),
            lookLon,
            lookLat,
            heightMetres: MAST_HEIGHT_METRES,
            roadCode: road.code,
            subdistrict: camera.subdistrict,
            carriagewayMetres: road.carriagewayMetres,
            footwayMetres: road.footwayMetres,
            noteZh: camera.noteZh,
            noteEn: camera.noteEn,
          };
        }),
      },
      null,
      2,
    ) + '\n'
  );
}
