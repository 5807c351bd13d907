import { Type, type Static, type TSchema } from 'typebox';

/** A position in WGS 84 degrees. */
export const LonLat = Type.Object(
  {
    lon: Type.Number({ minimum: -180, maximum: 180 }),
    lat: Type.Number({ minimum: -90, maximum: 90 }),
  },
  { additionalProperties: false },
);
export type LonLat = Static<typeof LonLat>;

/** A name in the languages of the UI. */
export const Names = Type.Object({ zh: Type.String(), en: Type.String() });
export type Names = Static<typeof Names>;

/** An instant on the wire: RFC 3339, UTC, milliseconds. */
export const Instant = Type.String({ format: 'date-time' });

/** GeoJSON polygon, WGS 84. */
export const Polygon = Type.Object({
  type: Type.Literal('Polygon'),
  coordinates: Type.Array(Type.Array(Type.Array(Type.Number()))),
});
export type Polygon = Static<typeof Polygon>;

export const Ellipse = Type.Object({
  semiMajorMetres: Type.Number(),
  semiMinorMetres: Type.Number(),
  azimuthDegrees: Type.Number(),
});
export type Ellipse = Static<typeof Ellipse>;

/** A rectangle on the decoded picture, in fractions of its width and height, origin top left. */
export const Box = Type.Object(
  {
    x: Type.Number(),
    y: Type.Number(),
    width: Type.Number(),
    height: Type.Number(),
  },
  { additionalProperties: false },
);
export type Box = Static<typeof Box>;

export const Light = Type.Union([
  Type.Literal('green'),
  Type.Literal('yellow'),
  Type.Literal('red'),
  Type.Literal('none'),
]);
export type Light = Static<typeof Light>;

/** A list is `{items, next?}`; `next` goes back as `after`. */
export function List<T extends TSchema>(item: T) {
  return Type.Object({ items: Type.Array(item), next: Type.Optional(Type.String()) });
}

/** What every failing call answers with. */
export const ErrorBody = Type.Object({
  code: Type.String(),
  message: Type.String(),
  details: Type.Optional(Type.Unknown()),
  requestId: Type.String(),
});
export type ErrorBody = Static<typeof ErrorBody>;
