import { Type, type Static } from 'typebox';
import { Instant, Names } from './shared.ts';

export const ImportLayer = Type.Union([
  Type.Literal('divisions'),
  Type.Literal('cells'),
  Type.Literal('parts'),
  Type.Literal('buildings'),
  Type.Literal('roads'),
  Type.Literal('cameras'),
  Type.Literal('cases'),
]);
export type ImportLayer = Static<typeof ImportLayer>;

export const ImportFormat = Type.Union([
  Type.Literal('csv'),
  Type.Literal('geojson'),
  Type.Literal('ndjson'),
  Type.Literal('shapefile'),
  Type.Literal('geopackage'),
  Type.Literal('osm'),
]);
export type ImportFormat = Static<typeof ImportFormat>;

/** Datum or reference system of the coordinates: `wgs84`, `gcj02`, `bd09` or `EPSG:<number>`. */
export const ImportDatum = Type.String({ pattern: '^(wgs84|gcj02|bd09|EPSG:[0-9]{4,6})$' });

/** Where the value of one of our fields comes from. */
export const FieldRule = Type.Object(
  {
    /** Column of the file; `@lon`, `@lat` and `@geometry` are the file's own geometry. */
    column: Type.Optional(Type.String({ maxLength: 200 })),
    /** The same for every row. */
    constant: Type.Optional(Type.String({ maxLength: 400 })),
    /** Value of the file → our value; a value that is not here stays as it is. */
    values: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  { additionalProperties: false },
);
export type FieldRule = Static<typeof FieldRule>;

/** Our field → rule. */
export const ImportMapping = Type.Record(Type.String({ maxLength: 60 }), FieldRule);
export type ImportMapping = Static<typeof ImportMapping>;

/** A mapping that was kept under a name, for the next file of the same surveyor. */
export const ImportProfile = Type.Object({
  id: Type.String(),
  name: Type.String(),
  layer: ImportLayer,
  mapping: ImportMapping,
  datum: Type.Optional(ImportDatum),
  updatedAt: Instant,
});
export type ImportProfile = Static<typeof ImportProfile>;

export const NewImportProfile = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80 }),
    layer: ImportLayer,
    mapping: ImportMapping,
    datum: Type.Optional(ImportDatum),
  },
  { additionalProperties: false },
);
export type NewImportProfile = Static<typeof NewImportProfile>;

/** How an import is run. */
export const ImportOptions = Type.Object(
  {
    /** Absent: the suggested one. */
    mapping: Type.Optional(ImportMapping),
    /** Absent: what the file says of itself, else wgs84. */
    datum: Type.Optional(ImportDatum),
    /** The layer inside a GeoPackage, zip or OSM file; absent: the only one, or the one that fits. */
    sourceLayer: Type.Optional(Type.String({ maxLength: 200 })),
    dryRun: Type.Optional(Type.Boolean()),
    /** What a rejected row does: refuses the whole file (default), or is left out because somebody said so. */
    rejected: Type.Optional(Type.Union([Type.Literal('refuse'), Type.Literal('leave-out')])),
    /** Goes on although the datum, the axes or the units look wrong. */
    acceptWarnings: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type ImportOptions = Static<typeof ImportOptions>;

export const RowError = Type.Object({
  /** Line of the text file, or number of the feature, from 1. */
  line: Type.Integer(),
  field: Type.String(),
  reason: Type.String(),
  message: Names,
  value: Type.Optional(Type.String()),
});
export type RowError = Static<typeof RowError>;

/** Something about the file as a whole that should be looked at before anything is written. */
export const ImportWarning = Type.Object({
  code: Type.Union([
    Type.Literal('SUSPECTED_DATUM'),
    Type.Literal('SWAPPED_AXES'),
    Type.Literal('NOT_DEGREES'),
    Type.Literal('NO_REFERENCE_SYSTEM'),
    Type.Literal('MIXED_GEOMETRY'),
    Type.Literal('NULL_ISLAND'),
    Type.Literal('FAR_FROM_DISTRICT'),
    Type.Literal('MERGED_PIECES'),
    Type.Literal('REPAIRED_GEOMETRY'),
    Type.Literal('GUESSED_ENCODING'),
    Type.Literal('UNMAPPED_VALUES'),
    Type.Literal('EDITED_MEANWHILE'),
    Type.Literal('ENGINE_LIMIT'),
  ]),
  message: Names,
  /** Blocking ones stop an import unless `acceptWarnings`. */
  blocking: Type.Boolean(),
  details: Type.Optional(Type.Unknown()),
});
export type ImportWarning = Static<typeof ImportWarning>;

export const SourceColumn = Type.Object({
  name: Type.String(),
  /** Up to five different values, shortened. */
  samples: Type.Array(Type.String()),
  /** Share of the rows looked at that have a value, 0 to 1. */
  filled: Type.Number(),
});
export type SourceColumn = Static<typeof SourceColumn>;

/** Our field of a layer, for the mapping form. */
export const TargetField = Type.Object({
  name: Type.String(),
  label: Names,
  required: Type.Boolean(),
  /** The values it may have, where they are few. */
  choices: Type.Optional(Type.Array(Type.Object({ value: Type.String(), label: Names }))),
});
export type TargetField = Static<typeof TargetField>;

/** What came of an import, or would come of it (dry run). */
export const ImportResult = Type.Object({
  layer: ImportLayer,
  fileName: Type.String(),
  format: ImportFormat,
  encoding: Type.Optional(Type.String()),
  sourceLayers: Type.Array(Type.Object({ name: Type.String(), rows: Type.Optional(Type.Integer()) })),
  sourceLayer: Type.Optional(Type.String()),
  columns: Type.Array(SourceColumn),
  fields: Type.Array(TargetField),
  mapping: ImportMapping,
  datum: Type.String(),
  dryRun: Type.Boolean(),
  written: Type.Boolean(),
  counts: Type.Object({
    read: Type.Integer(),
    added: Type.Integer(),
    updated: Type.Integer(),
    unchanged: Type.Integer(),
    rejected: Type.Integer(),
  }),
  warnings: Type.Array(ImportWarning),
  /** The first hundred; all of them in `/jobs/{id}/errors.csv`. */
  errors: Type.Array(RowError),
  rowsPerSecond: Type.Number(),
});
export type ImportResult = Static<typeof ImportResult>;
