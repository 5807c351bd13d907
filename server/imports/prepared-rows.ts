import type { ImportFormat, ImportLayer, ImportMapping, ImportOptions } from '#contract/imports';
import type { PackedCells } from './packed-cells.ts';
import type { ImportWarning, RowError, SourceColumn, TargetField } from '#contract/imports';

/**
 * What reading a file hands to loading it: rows of our own fields, checked one by one, in batches. Reading happens in
 * a worker thread, so a file of a million rows never holds up a request.
 */

/** Columns of a prepared row between `line` and the geometry, in order; what a file does not have is null. */
export const stagedColumns = {
  divisions: ['code', 'parent_code', 'level', 'name_zh', 'name_en', 'edition'],
  cells: ['code', 'community_code'],
  parts: [
    'code',
    'source_key',
    'class_id',
    'authority_code',
    'authority_name',
    'owner_code',
    'owner_name',
    'maintainer_code',
    'maintainer_name',
    'maintenance_until',
    'state',
    'initial_date',
    'changed_date',
    'source',
    'note',
  ],
  buildings: ['code', 'source_key', 'name_zh', 'kind', 'height_metres'],
  roads: ['code', 'source_key', 'name_zh', 'name_en', 'class', 'carriageway_metres', 'footway_metres'],
  cameras: ['id', 'source_key', 'name_zh', 'name_en', 'source_type', 'source_url', 'width', 'height'],
  cases: [
    'number',
    'class_id',
    'channel',
    'note',
    'unit_code',
    'received_at',
    'filed_at',
    'dispatched_at',
    'feedback_at',
    'closed_at',
  ],
} as const satisfies Record<ImportLayer, readonly string[]>;

/** What reading must know of the database; plain data, so that it can go to the worker. */
export interface ImportFacts {
  /** Classes of all editions; class ids of earlier ones come with what they became in 2026, where that is one. */
  classes: {
    id: string;
    edition: number;
    kind: 'part' | 'event';
    nameZh: string;
    nameEn: string;
    became?: string;
  }[];
  units: { code: string; nameZh: string; nameEn: string }[];
  /** [west, south, east, north] in WGS 84 degrees; absent while there is no district yet. */
  districtBounds?: [number, number, number, number];
  districtCode?: string;
  /** yyyy-mm-dd, in the deployment's time zone. */
  today: string;
}

export interface PreparationRequest {
  /** Absolute path of the uploaded file, and what its owner called it. */
  path: string;
  fileName: string;
  layer: ImportLayer;
  options: ImportOptions;
  facts: ImportFacts;
  /**
   * `copy`: text of PostgreSQL's COPY; `json`: an array of arrays, numbers as text but for the line. Columns: line,
   * `stagedColumns`, EWKB in hex (parts, cameras, cases: Point; divisions: MultiPolygon; cells, buildings: Polygon;
   * roads: LineString). Days are yyyy-mm-dd; moments without an offset are the deployment's local time.
   */
  form: 'copy' | 'json';
  /** Scratch folder of this import alone; its owner deletes it afterwards. */
  workFolder: string;
}

/** What the file is and how it will be read; known before the first batch. */
export interface Inspection {
  format: ImportFormat;
  encoding?: string;
  sourceLayers: { name: string; rows?: number }[];
  sourceLayer?: string;
  columns: SourceColumn[];
  fields: TargetField[];
  mapping: ImportMapping;
  datum: string;
  warnings: ImportWarning[];
}

export interface PreparedBatch {
  /** Good rows, in the form asked for. */
  data: Uint8Array;
  rows: number;
  rowsRead: number;
  bytesRead: number;
  bytesTotal: number;
  /**
   * Rows that are not in the data; or, where a code occurs twice, a line of an earlier batch as well, whose row has to be
   * dropped: with reason `repeated-code` both lines are errors.
   */
  errors: RowError[];
  /** Warnings that came up while reading, each code at most once in a run. */
  warnings: ImportWarning[];
}

export interface WantedColumns {
  /** Some of `stagedColumns`, in their order; all when absent. */
  columns?: readonly string[];
  /** Gives rows of points the code of their cell as a last column, null outside every cell. */
  cells?: PackedCells;
}

/**
 * Reading of one file. A file that cannot be read at all rejects with an `AppError` of code IMPORT_…; an incomplete
 * mapping only rejects in `batches`, so that it can be looked at and completed. Call `stop` at the end in any case.
 */
export interface Preparation {
  inspection: Inspection;
  /**
   * Every row of the file once, in order; ends early when `stop` is called.
   */
  batches(wanted?: WantedColumns): AsyncIterable<PreparedBatch>;
  stop(): Promise<void>;
}
