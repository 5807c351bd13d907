import type { Scene } from '@cesium/engine';
import type { LonLat } from '#contract/shared';
import type { ImageryStack } from '../imagery-stack.ts';
import type { LabelBoxes } from '../label-boxes.ts';
import type { Projector, ScreenPoint } from '../projector.ts';
import type { TileClient } from '../tiles/tile-client.ts';
import type { LayerKind, SpecOf } from './layer-spec.ts';

/** Where the camera looks. `rangeMetres`: from the camera to the ground in the middle of the screen. */
export interface View {
  centre: LonLat;
  rangeMetres: number;
  /** Metres of ground per CSS pixel in the middle of the screen. */
  metresPerPixel: number;
}

/** Something a person can click. */
export interface Pickable {
  kind: 'case' | 'cluster' | 'camera' | 'part' | 'parts';
  id: string;
  x: number;
  y: number;
  radius: number;
  position: LonLat;
  /** Of a cluster. */
  caseIds?: readonly string[];
  /** Of a part. */
  class?: string;
  state?: string;
}

/** Where pictures lie on each other: those of other sources lowest. */
export type ImagerySlot = 'source' | 'ground' | 'lights';

/** What a layer may use. */
export interface MapHost {
  scene: Scene;
  tiles: TileClient;
  imagery: ImageryStack;
  /** Draws the globe (and then the marks) once more. */
  requestRender: () => void;
  /** Draws only the marks once more; cheap. */
  repaint: () => void;
  /** Draws the marks every frame until the given `performance.now()`. */
  animateUntil: (until: number) => void;
  /** A source of somebody else does not answer; undefined when it does again. */
  tellSource: (id: string, trouble: string | undefined) => void;
}

/** Passed to the layers that paint marks over the globe. */
/** `start` is the first picture of a movement: what is left out while it lasts is still to be seen on this one. */
export type Motion = 'rest' | 'start' | 'moving';

export interface Frame {
  motion: Motion;
  context: CanvasRenderingContext2D;
  projector: Projector;
  view: View;
  boxes: LabelBoxes;
  now: number;
}

/** A layer that is on the map. */
export interface PresentLayer<K extends LayerKind> {
  update: (spec: SpecOf<K>) => void;
  /** Takes everything off the map that it put there. */
  destroy: () => void;
  viewChanged?: (view: View) => void;
  /** Finds places, before anything is painted; the first takes the space. */
  layout?: (frame: Frame) => void;
  paint?: (frame: Frame) => void;
  pickAt?: (point: ScreenPoint) => Pickable | null;
  pickables?: () => Pickable[];
}

export type LayerFactory<K extends LayerKind> = (host: MapHost, spec: SpecOf<K>) => PresentLayer<K>;
