import type { Geometry } from 'geojson';
import type { ImportFormat, RowError } from '#contract/imports';

/** Rows as they stand in the file, a few thousand at a time; arrays side by side, so that a row costs no object. */
export interface RowChunk {
  /** Line of the text file a row starts on, or number of the feature; from 1. */
  lines: number[];
  /** Values of a row; where a column stands says `RowReader.positions`. */
  cells: (string | undefined)[][];
  /** The row's own geometry, in files that have one. */
  geometries?: (Geometry | null)[];
  /** Rows that could not even be taken apart. */
  problems: RowError[];
  /** How far the plain (unpacked) file has been read. */
  bytesRead: number;
}

export interface RowReader {
  /** Where the value of each asked-for column stands in `cells`; -1: the file has no such column. */
  positions: number[];
  chunks: AsyncIterable<RowChunk>;
}

/** Delimited text whose rows can be taken from its bytes line by line, where a line is simple. */
export interface PlainLines {
  path: string;
  /** One byte. */
  delimiter: number;
  columnCount: number;
  /** The first line that is not empty names the columns. */
  hasHeader: boolean;
  /** The row of one line; undefined where it cannot be cut without what follows. */
  cut(text: string, line: number): RowChunk | undefined;
  /** The file from the first byte of a line on, in the general way. */
  readFrom(start: { byte: number; line: number; headerRead: boolean }): AsyncIterable<RowChunk>;
}

/** A file that has been recognised and can be read from its start as often as wanted. */
export interface Source {
  format: ImportFormat;
  /** Name of the encoding of a text file; `guessed` when nothing in the file says so. */
  encoding?: string;
  encodingGuessed?: boolean;
  sourceLayers: { name: string; rows?: number }[];
  sourceLayer?: string;
  /** Rows carry their own geometry. */
  hasGeometry: boolean;
  /** Columns seen in the first rows, in order. */
  columns: string[];
  /** What the file says about its coordinates; `wgs84` also where reading converts them. undefined: nothing. */
  datum?: string;
  /** The coordinates come out of `read` in WGS 84 whatever `datum` says. */
  converted?: boolean;
  /** A format that should say it, and this file does not. */
  needsReference?: boolean;
  bytesTotal: number;
  /** Beside `read`, which gives the same rows. Cells stand in the order of `columns`. */
  plainLines?: PlainLines;
  read(columns: string[]): RowReader;
}
