import type { CameraModel } from '#geometry/camera-model';

/** Metres east and north of the camera's foot, in the tangent plane of `#geometry/local-plane`. */
export type Spot = readonly [east: number, north: number];

export interface SurfacePatch {
  kind: 'carriageway' | 'footway';
  ring: Spot[];
  /** direction of the road, clockwise from north; paving is laid along it */
  headingDegrees: number;
}

export interface Marking {
  /** `tactile`: the strip of ribbed tiles along the footway */
  colour: 'white' | 'yellow' | 'tactile';
  ring: Spot[];
}

export interface BuildingBlock {
  code: string;
  kind: string;
  heightMetres: number;
  floors: number;
  ring: Spot[];
}

/** Something that does not move during the clip. */
export interface Prop {
  id: string;
  model: string;
  at: Spot;
  headingDegrees: number;
  /** choice of colours and shapes within the model */
  variant: number;
  /** present if the ground truth tells of it */
  truth?: TruthLabel;
}

export interface TruthLabel {
  kind: 'part' | 'event';
  /** class id of the active set: kind letter + code */
  class: string;
  condition?: string;
  stance: 'upright' | 'flat';
  place: 'carriageway' | 'footway' | 'other';
  incident: boolean;
  partCode?: string;
}

/**
 * Something that moves. It runs along its path once (or a whole number of times) in the length of the clip, so
 * the last frame leads into the first. Where one path takes several clips, lookalikes follow each other on it.
 */
export interface Mover {
  id: string;
  model: string;
  variant: number;
  path: Spot[];
  /** metres of path in one clip; the path's length is a whole multiple of it */
  advanceMetres: number;
  startMetres: number;
  /** walks to the end of the path and back instead of starting again at its beginning */
  returns?: boolean;
}

export interface Landmark {
  name: string;
  at: Spot;
}

export interface SceneDescription {
  cameraId: string;
  camera: CameraModel;
  durationSeconds: number;
  framesPerSecond: number;
  sun: { azimuthDegrees: number; elevationDegrees: number };
  surfaces: SurfacePatch[];
  kerbs: Spot[][];
  markings: Marking[];
  buildings: BuildingBlock[];
  props: Prop[];
  movers: Mover[];
  landmarks: Landmark[];
}
