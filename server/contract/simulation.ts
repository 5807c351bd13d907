import { Type, type Static } from 'typebox';
import { Instant } from './shared.ts';

/** `POST /simulations`: invented cases for a demonstration or a measurement; the administrator's, as a job. */
export const NewSimulation = Type.Object(
  {
    /** About so many, over the year up to now. */
    cases: Type.Integer({ minimum: 1, maximum: 2_000_000 }),
    year: Type.Integer({ minimum: 2004, maximum: 2100 }),
    /** The same seed gives the same year. */
    seed: Type.Integer({ minimum: 0, maximum: 2_147_483_647, default: 1 }),
  },
  { additionalProperties: false },
);
export type NewSimulation = Static<typeof NewSimulation>;

/** `result` of a job of kind `simulation`. */
export const SimulationResult = Type.Object({
  cases: Type.Integer(),
  reports: Type.Integer(),
  /** First and last day, both included. */
  from: Type.String(),
  to: Type.String(),
  /** Nothing happens after this instant. */
  until: Instant,
  seed: Type.Integer(),
});
export type SimulationResult = Static<typeof SimulationResult>;
