import { Type, type Static } from 'typebox';
import { Instant, Names } from './shared.ts';

export const JobState = Type.Union([
  Type.Literal('queued'),
  Type.Literal('running'),
  Type.Literal('done'),
  Type.Literal('failed'),
  Type.Literal('cancelled'),
]);
export type JobState = Static<typeof JobState>;

/** How far a job is; `total` and `secondsLeft` are absent while nobody can know them. */
export const JobProgress = Type.Object({
  /** What it is doing, for people. */
  stage: Names,
  done: Type.Integer(),
  total: Type.Optional(Type.Integer()),
  unit: Type.Union([
    Type.Literal('rows'),
    Type.Literal('bytes'),
    Type.Literal('cells'),
    Type.Literal('cases'),
  ]),
  perSecond: Type.Number(),
  secondsLeft: Type.Optional(Type.Number()),
});
export type JobProgress = Static<typeof JobProgress>;

/** Work that outlasts a request. It survives a killed process: what was half done is undone and said. */
export const Job = Type.Object({
  id: Type.String(),
  kind: Type.Union([
    Type.Literal('import'),
    Type.Literal('grid-plan'),
    Type.Literal('cell-check'),
    Type.Literal('recalculation'),
    Type.Literal('simulation'),
  ]),
  state: JobState,
  title: Names,
  createdBy: Type.String(),
  createdAt: Instant,
  startedAt: Type.Optional(Instant),
  endedAt: Type.Optional(Instant),
  progress: Type.Optional(JobProgress),
  /** Of the kind: `ImportResult`, `GridPlanResult`, `CellCheckResult`. */
  result: Type.Optional(Type.Unknown()),
  /** Why it failed, in the words of the error catalogue. */
  error: Type.Optional(
    Type.Object({ code: Type.String(), message: Type.String(), details: Type.Optional(Type.Unknown()) }),
  ),
});
export type Job = Static<typeof Job>;
