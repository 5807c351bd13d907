import { Type, type Static } from 'typebox';
import { Box, Ellipse, LonLat, Names, Polygon } from './shared.ts';

export const CameraPose = Type.Object(
  {
    heightMetres: Type.Number({ exclusiveMinimum: 0, maximum: 500 }),
    headingDegrees: Type.Number({ minimum: -360, maximum: 360 }),
    pitchDegrees: Type.Number({ minimum: -90, maximum: 90 }),
    rollDegrees: Type.Number({ minimum: -180, maximum: 180 }),
  },
  { additionalProperties: false },
);

/** Mirrors `#geometry/camera-model` CameraModel: what a browser needs to project while the mouse moves. */
export const CameraModelBody = Type.Object({
  position: LonLat,
  pose: CameraPose,
  width: Type.Integer(),
  height: Type.Integer(),
  horizontalFovDegrees: Type.Number(),
  k1: Type.Number(),
  k2: Type.Number(),
  p1: Type.Optional(Type.Number()),
  p2: Type.Optional(Type.Number()),
  rangeMetres: Type.Number(),
  /** Standard error of a click in pixels; absent: the one usual for the width. */
  pixelSigma: Type.Optional(Type.Number()),
  covariance: Type.Optional(
    Type.Object({ parameters: Type.Array(Type.String()), matrix: Type.Array(Type.Array(Type.Number())) }),
  ),
});

export const CalibrationQuality = Type.Object({
  method: Type.Union([Type.Literal('pose'), Type.Literal('pairs')]),
  rmseMetres: Type.Optional(Type.Number()),
  leaveOneOut: Type.Optional(Type.Object({ medianMetres: Type.Number(), maxMetres: Type.Number() })),
  warnings: Type.Array(Type.String()),
});

export const Camera = Type.Object({
  id: Type.String(),
  name: Names,
  /** Never the address: credentials stay on the server. */
  source: Type.Object({ type: Type.Union([Type.Literal('sample'), Type.Literal('rtsp')]) }),
  position: LonLat,
  width: Type.Integer(),
  height: Type.Integer(),
  subdistrictCode: Type.String(),
  communityCode: Type.String(),
  calibrationVersion: Type.Integer(),
  model: Type.Optional(CameraModelBody),
  quality: Type.Optional(CalibrationQuality),
  coverage: Type.Optional(Type.Unsafe<GeoJSON.Polygon | GeoJSON.MultiPolygon>({})),
  /** From the point of `?sees=…&nearest=n`, on the ellipsoid. */
  distanceMetres: Type.Optional(Type.Number()),
  /** Whether its coverage has that point. */
  sees: Type.Optional(Type.Boolean()),
});
export type Camera = Static<typeof Camera>;

export const NewCamera = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80 }),
    source: Type.Object(
      {
        type: Type.Union([Type.Literal('rtsp'), Type.Literal('sample')]),
        url: Type.Optional(Type.String({ maxLength: 2048 })),
        clip: Type.Optional(Type.String({ maxLength: 64 })),
      },
      { additionalProperties: false },
    ),
    position: LonLat,
    width: Type.Integer({ minimum: 16, maximum: 16384 }),
    height: Type.Integer({ minimum: 16, maximum: 16384 }),
    rangeMetres: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 2000 })),
  },
  { additionalProperties: false },
);
export type NewCamera = Static<typeof NewCamera>;

export const Calibration = Type.Object(
  {
    pairs: Type.Optional(
      Type.Array(
        Type.Object(
          { u: Type.Number(), v: Type.Number(), lon: Type.Number(), lat: Type.Number() },
          { additionalProperties: false },
        ),
        { maxItems: 500 },
      ),
    ),
    pose: Type.Optional(CameraPose),
    horizontalFovDegrees: Type.Optional(Type.Number({ exclusiveMinimum: 1, exclusiveMaximum: 179 })),
    k1: Type.Optional(Type.Number()),
    k2: Type.Optional(Type.Number()),
  },
  { additionalProperties: false },
);
export type Calibration = Static<typeof Calibration>;

/** Answer of `PUT …/calibration`. */
export const CalibrationResult = Type.Object({
  version: Type.Integer(),
  model: CameraModelBody,
  pose: CameraPose,
  rmseMetres: Type.Optional(Type.Number()),
  leaveOneOut: Type.Optional(Type.Object({ medianMetres: Type.Number(), maxMetres: Type.Number() })),
  warnings: Type.Array(Type.String()),
});

export const ProjectRequest = Type.Union([
  Type.Object({ u: Type.Number(), v: Type.Number() }, { additionalProperties: false }),
  Type.Object(
    { box: Box, stance: Type.Optional(Type.Union([Type.Literal('upright'), Type.Literal('flat')])) },
    { additionalProperties: false },
  ),
]);

export const Projection = Type.Object({
  ground: LonLat,
  distanceMetres: Type.Number(),
  footprint: Type.Optional(Polygon),
  ellipse: Ellipse,
  cell: Type.Optional(Type.Object({ code: Type.String() })),
});
export type Projection = Static<typeof Projection>;
