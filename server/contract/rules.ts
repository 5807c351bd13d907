import { Type, type Static } from 'typebox';

/** A day that rules start or end on, in the deployment's time zone: years 1000 to 2999. */
export const Day = Type.String({ format: 'date', pattern: '^[12]' });

/** `POST /limits/{id}/end`, `POST /duties/{id}/end`: `on` is the first day on which the rule holds no more. */
export const Ending = Type.Object(
  { on: Day, reason: Type.String({ minLength: 1, maxLength: 400 }) },
  { additionalProperties: false },
);
export type Ending = Static<typeof Ending>;

/** What is wrong in a line of a table that was handed in; line 1 is the header. */
export const TableError = Type.Object({
  line: Type.Integer(),
  field: Type.Optional(Type.String()),
  reason: Type.Object({ zh: Type.String(), en: Type.String() }),
});
export type TableError = Static<typeof TableError>;

/**
 * `PUT /classes.csv`, `/limits.csv`, `/units.csv`, `/duties.csv`: what the table changes from the day on. With a dry
 * run nothing is written; with errors nothing is written either.
 */
export const TableResult = Type.Object({
  dryRun: Type.Boolean(),
  on: Day,
  /** Of the dictionary the table was compared with: hand it back as `expectedVersion`, so that nothing slips between. */
  version: Type.String(),
  added: Type.Integer(),
  changed: Type.Integer(),
  ended: Type.Integer(),
  unchanged: Type.Integer(),
  /** The first of the changes, in the order of the lines, the ended ones last. */
  changes: Type.Array(
    Type.Object({
      line: Type.Optional(Type.Integer()),
      action: Type.Union([Type.Literal('add'), Type.Literal('change'), Type.Literal('end')]),
      code: Type.String(),
      /** Columns that differ. */
      fields: Type.Array(Type.String()),
    }),
  ),
  errors: Type.Array(TableError),
  /** The changes made, to undo them together. */
  batch: Type.Optional(Type.String()),
});
export type TableResult = Static<typeof TableResult>;
