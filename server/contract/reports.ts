import { Type, type Static } from 'typebox';
import { CaseDetail, CaseSummary } from './cases.ts';
import { Box, Ellipse, Instant, LonLat, Names, Polygon } from './shared.ts';
import { Resolution } from './units.ts';

export const Channel = Type.Union([
  Type.Literal('video'),
  Type.Literal('collector'),
  Type.Literal('hotline'),
  Type.Literal('public'),
  Type.Literal('device'),
  Type.Literal('api'),
]);
export type Channel = Static<typeof Channel>;

/** `POST /framings` as JSON; the still may instead come as multipart: field `framing` (this JSON) + file `still`. */
export const NewFraming = Type.Object(
  {
    cameraId: Type.String({ minLength: 1, maxLength: 64 }),
    /** The framed frame's time, RFC 3339, microseconds kept. */
    at: Type.String({ format: 'date-time' }),
    box: Box,
    class: Type.String({ minLength: 1, maxLength: 32 }),
    /** Id of a class limit; default: the class's default condition at this kind of place. */
    condition: Type.Optional(Type.Integer()),
    place: Type.Optional(Type.Union([Type.Literal('carriageway'), Type.Literal('footway')])),
    part: Type.Optional(Type.String({ maxLength: 17 })),
    note: Type.Optional(Type.String({ maxLength: 4000 })),
    /** Verify, file and dispatch in the same call. */
    file: Type.Optional(Type.Boolean()),
    /** Attach to this open case instead of filing anew. */
    attachTo: Type.Optional(Type.String({ format: 'uuid' })),
    /** JPEG of the framed frame, base64. */
    still: Type.Optional(Type.String({ maxLength: 6_000_000 })),
  },
  { additionalProperties: false },
);
export type NewFraming = Static<typeof NewFraming>;

export const Report = Type.Object({
  id: Type.String(),
  channel: Channel,
  state: Type.Union([
    Type.Literal('received'),
    Type.Literal('filed'),
    Type.Literal('rejected'),
    Type.Literal('merged'),
  ]),
  stateReason: Type.Optional(Type.String()),
  class: Type.Optional(Type.String()),
  className: Type.Optional(Names),
  text: Type.String(),
  position: Type.Optional(LonLat),
  accuracyMetres: Type.Optional(Type.Number()),
  cell: Type.Optional(Type.Object({ code: Type.String() })),
  communityCode: Type.Optional(Type.String()),
  subdistrictCode: Type.Optional(Type.String()),
  caseId: Type.Optional(Type.String()),
  /** Of a framing: what it was seen by, and the framed frame. */
  cameraId: Type.Optional(Type.String()),
  stillId: Type.Optional(Type.String()),
  version: Type.Integer(),
  receivedAt: Instant,
  /** Natural time: the filing clock never rests. */
  timing: Type.Union([Type.Literal('natural'), Type.Literal('working')]),
  dueAt: Instant,
  warnAt: Instant,
});
export type Report = Static<typeof Report>;

/** Answer of `POST /framings`. `undoUntil`: `POST /framings/{id}/undo` works until then. */
export const FramingResult = Type.Object({
  id: Type.String(),
  report: Report,
  case: Type.Optional(CaseDetail),
  attached: Type.Boolean(),
  undoUntil: Type.Optional(Instant),
  ground: LonLat,
  footprint: Polygon,
  ellipse: Ellipse,
});
export type FramingResult = Static<typeof FramingResult>;

/** `POST /framings/preview {cameraId, box, class?, condition?}`: what the map shows while dragging. */
export const FramingPreview = Type.Object({
  ground: LonLat,
  footprint: Polygon,
  ellipse: Ellipse,
  cell: Type.Object({ code: Type.String() }),
  cellOutline: Polygon,
  divisionNames: Type.Array(Names),
  place: Type.Optional(Type.String()),
  parts: Type.Array(
    Type.Object({
      code: Type.String(),
      class: Type.String(),
      className: Names,
      position: LonLat,
      distanceMetres: Type.Number(),
      ownerName: Type.Optional(Type.String()),
      maintainerName: Type.Optional(Type.String()),
    }),
  ),
  resolution: Type.Optional(Resolution),
  /** Open cases of that class within 30 m and 24 h. */
  similar: Type.Array(Type.Intersect([CaseSummary, Type.Object({ distanceMetres: Type.Number() })])),
});
export type FramingPreview = Static<typeof FramingPreview>;

export const NewReport = Type.Object(
  {
    channel: Channel,
    /** The sender's own id: the same one twice is one report. */
    sourceKey: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    class: Type.Optional(Type.String({ maxLength: 32 })),
    condition: Type.Optional(Type.Integer()),
    place: Type.Optional(Type.Union([Type.Literal('carriageway'), Type.Literal('footway')])),
    part: Type.Optional(Type.String({ maxLength: 17 })),
    position: Type.Optional(LonLat),
    accuracyMetres: Type.Optional(Type.Number({ minimum: 0, maximum: 10_000 })),
    text: Type.Optional(Type.String({ maxLength: 4000 })),
    reporter: Type.Optional(
      Type.Object(
        {
          name: Type.Optional(Type.String({ maxLength: 80 })),
          phone: Type.Optional(Type.String({ maxLength: 40 })),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type NewReport = Static<typeof NewReport>;

/** `POST /framings/preview`. */
export const PreviewRequest = Type.Object(
  {
    cameraId: Type.String({ minLength: 1, maxLength: 64 }),
    box: Box,
    class: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
    condition: Type.Optional(Type.Integer()),
  },
  { additionalProperties: false },
);
export type PreviewRequest = Static<typeof PreviewRequest>;

const expectedVersion = Type.Integer({ minimum: 1 });

/** `POST /reports/{id}/accept`: verified; files and dispatches. What is given here goes before what was reported. */
export const AcceptReport = Type.Object(
  {
    expectedVersion,
    class: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
    condition: Type.Optional(Type.Integer()),
    position: Type.Optional(LonLat),
  },
  { additionalProperties: false },
);
export type AcceptReport = Static<typeof AcceptReport>;

/** `POST /reports/{id}/reject`. */
export const RejectReport = Type.Object(
  { expectedVersion, reason: Type.String({ maxLength: 1000 }) },
  { additionalProperties: false },
);
export type RejectReport = Static<typeof RejectReport>;

/** `POST /reports/{id}/merge`: another message of an open case. */
export const MergeReport = Type.Object(
  { expectedVersion, into: Type.String({ format: 'uuid' }) },
  { additionalProperties: false },
);
export type MergeReport = Static<typeof MergeReport>;

/** `POST /reports/{id}/unmerge`: out of its case again; with `file` a case of its own, else as it was received. */
export const UnmergeReport = Type.Object(
  {
    expectedVersion,
    reason: Type.String({ maxLength: 1000 }),
    file: Type.Optional(Type.Boolean()),
    class: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
    condition: Type.Optional(Type.Integer()),
    position: Type.Optional(LonLat),
  },
  { additionalProperties: false },
);
export type UnmergeReport = Static<typeof UnmergeReport>;

/** Answer of unmerge: the case it left, and the one that it became. */
export const UnmergedReport = Type.Object({
  report: Report,
  from: CaseDetail,
  case: Type.Optional(CaseDetail),
});
export type UnmergedReport = Static<typeof UnmergedReport>;

/** Answer of accept and merge. */
export const DecidedReport = Type.Object({ report: Report, case: CaseDetail });
export type DecidedReport = Static<typeof DecidedReport>;
