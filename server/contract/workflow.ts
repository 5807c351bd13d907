import { Type, type Static } from 'typebox';
import { Role } from './access.ts';
import { CaseAction, Stage } from './cases.ts';
import { Names } from './shared.ts';

/** `GET /workflow`: the one declared workflow of a case, as data. */
export const Workflow = Type.Object({
  stages: Type.Array(Stage),
  transitions: Type.Array(
    Type.Object({
      /** What people ask for; the others belong to reports, contests and the working calendar. */
      action: Type.String(),
      /** The name in the log, where it is another. */
      logged: Type.Optional(Type.String()),
      from: Type.Array(Stage),
      to: Type.Union([Stage, Type.Literal('same')]),
      /** Two outcomes of one action: a check passed, a request approved. */
      outcome: Type.Optional(Type.Boolean()),
      roles: Type.Array(Role),
      guards: Type.Array(Type.String()),
      inputs: Type.Array(Type.String()),
      optional: Type.Array(Type.String()),
      effects: Type.Array(Type.String()),
      main: Type.Boolean(),
    }),
  ),
  actions: Type.Array(CaseAction),
});
export type Workflow = Static<typeof Workflow>;

/** How a collector is chosen when a case is sent for check. */
export const CheckAssignment = Type.Union([Type.Literal('nearest'), Type.Literal('random')]);
export type CheckAssignment = Static<typeof CheckAssignment>;

const Person = Type.Object({ id: Type.String(), name: Names });

/** `GET /workflow-settings`. */
export const WorkflowSettings = Type.Object({
  checkAssignment: CheckAssignment,
  /** Named by the administrator; absent: the supervisor of longest standing. */
  named: Type.Optional(Person),
  /** Who decides about second returns now; absent: there is no supervisor. */
  arbiter: Type.Optional(Person),
  /** Who may be named. */
  candidates: Type.Array(Person),
});
export type WorkflowSettings = Static<typeof WorkflowSettings>;

/** `PUT /workflow-settings`; what is left out stays. */
export const WorkflowSettingsEdit = Type.Object(
  {
    checkAssignment: Type.Optional(CheckAssignment),
    /** null: nobody is named. */
    arbiter: Type.Optional(Type.Union([Type.String({ format: 'uuid' }), Type.Null()])),
    reason: Type.String({ minLength: 1, maxLength: 400 }),
  },
  { additionalProperties: false },
);
export type WorkflowSettingsEdit = Static<typeof WorkflowSettingsEdit>;

/** `GET /cases/{id}/checkers`: collectors who may check the case, in the order in which the nearest is chosen. */
export const CheckerCandidate = Type.Object({
  id: Type.String(),
  name: Names,
  openChecks: Type.Integer(),
  distanceMetres: Type.Number(),
});
export type CheckerCandidate = Static<typeof CheckerCandidate>;
