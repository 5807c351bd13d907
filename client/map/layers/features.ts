import type { Feature, Geometry, Position } from 'geojson';
import { mapColours } from '../map-style.ts';
import { paintText, traceRing } from '../pen.ts';
import type { Frame, LayerFactory } from './present-layer.ts';

interface Look {
  stroke: string;
  fill: string;
  dash: number[];
}

/** By `properties.kind`. None of the colours is one of the three lights. */
const looks: Record<string, Look> = {
  problem: { stroke: '#e08ad0', fill: 'rgb(224 138 208 / 30%)', dash: [] },
  plan: { stroke: '#7fc4d8', fill: 'rgb(127 196 216 / 7%)', dash: [] },
  preview: { stroke: mapColours.accent, fill: 'rgb(90 167 232 / 18%)', dash: [5, 4] },
};
const usual: Look = { stroke: mapColours.accent, fill: 'rgb(90 167 232 / 12%)', dash: [] };
/** More names than this are noise. */
const MOST_NAMES = 60;

/** Shapes that a screen lays over the map: what is wrong with cells, what an import would bring, cells of a plan. */
export const createFeatures: LayerFactory<'features'> = (_host, first) => {
  let spec = first;
  return {
    update(next) {
      spec = next;
    },
    destroy() {
      // Painted with the other marks; nothing is kept.
    },
    paint(frame) {
      const byKind = new Map<string, Feature[]>();
      for (const feature of spec.features.features) {
        const kind = String(feature.properties?.['kind'] ?? '');
        const list = byKind.get(kind);
        if (list) list.push(feature);
        else byKind.set(kind, [feature]);
      }
      for (const [kind, features] of byKind) paintAlike(frame, features, looks[kind] ?? usual);
      paintNames(frame, spec.features.features);
    },
  };
};

function paintAlike({ context, projector }: Frame, features: Feature[], look: Look): void {
  context.save();
  context.lineJoin = context.lineCap = 'round';
  context.beginPath();
  for (const { geometry } of features)
    for (const ring of ringsOf(geometry)) traceRing(context, projector.projectRing(ring));
  context.fillStyle = look.fill;
  context.fill('evenodd');
  context.setLineDash(look.dash);
  strokeTwice(context, look.stroke);
  context.beginPath();
  for (const { geometry } of features)
    for (const line of linesOf(geometry)) {
      let down = false;
      for (const [lon = 0, lat = 0] of line) {
        const at = projector.projectLonLat({ lon, lat });
        if (at && down) context.lineTo(at.x, at.y);
        else if (at) context.moveTo(at.x, at.y);
        down = at !== null;
      }
    }
  strokeTwice(context, look.stroke);
  context.setLineDash([]);
  for (const { geometry } of features)
    for (const [lon = 0, lat = 0] of pointsOf(geometry)) {
      const at = projector.projectLonLat({ lon, lat });
      if (!at || !projector.isOnScreen(at, 8)) continue;
      context.beginPath();
      context.arc(at.x, at.y, 4, 0, 2 * Math.PI);
      context.fillStyle = look.stroke;
      context.fill();
      context.strokeStyle = mapColours.halo;
      context.lineWidth = 1.5;
      context.stroke();
    }
  context.restore();
}

function strokeTwice(context: CanvasRenderingContext2D, colour: string): void {
  context.strokeStyle = 'rgb(12 14 16 / 70%)';
  context.lineWidth = 3.5;
  context.stroke();
  context.strokeStyle = colour;
  context.lineWidth = 1.6;
  context.stroke();
}

function paintNames(frame: Frame, features: readonly Feature[]): void {
  const { context, projector, boxes } = frame;
  let written = 0;
  for (const { geometry, properties } of features) {
    const name: unknown = properties?.['label'];
    if (typeof name !== 'string' || written >= MOST_NAMES) continue;
    const all = [...ringsOf(geometry), ...linesOf(geometry), pointsOf(geometry)].flat();
    if (all.length === 0) continue;
    const [lon, lat] = [0, 1].map((axis) => all.reduce((sum, at) => sum + (at[axis] ?? 0), 0) / all.length);
    const at = projector.projectLonLat({ lon: lon ?? 0, lat: lat ?? 0 });
    if (!at || !projector.isOnScreen(at)) continue;
    const half = name.length * 6;
    const box = { left: at.x - half, right: at.x + half, top: at.y - 8, bottom: at.y + 8 };
    if (!boxes.isFree(box)) continue;
    boxes.take(box);
    written += 1;
    paintText(context, name, at, { sizePixels: 12, colour: mapColours.text });
  }
}

function ringsOf(geometry: Geometry | null): Position[][] {
  if (geometry?.type === 'Polygon') return geometry.coordinates;
  if (geometry?.type === 'MultiPolygon') return geometry.coordinates.flat();
  if (geometry?.type === 'GeometryCollection') return geometry.geometries.flatMap(ringsOf);
  return [];
}

function linesOf(geometry: Geometry | null): Position[][] {
  if (geometry?.type === 'LineString') return [geometry.coordinates];
  if (geometry?.type === 'MultiLineString') return geometry.coordinates;
  if (geometry?.type === 'GeometryCollection') return geometry.geometries.flatMap(linesOf);
  return [];
}

function pointsOf(geometry: Geometry | null): Position[] {
  if (geometry?.type === 'Point') return [geometry.coordinates];
  if (geometry?.type === 'MultiPoint') return geometry.coordinates;
  if (geometry?.type === 'GeometryCollection') return geometry.geometries.flatMap(pointsOf);
  return [];
}
