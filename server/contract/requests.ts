import { Type, type Static } from 'typebox';
import { Instant, Names } from './shared.ts';

/** What a unit may ask for and the centre decides (SPEC section 4: never the unit's own act). */
export const RequestKind = Type.Union([
  Type.Literal('postponement'),
  Type.Literal('extension'),
  /** A second return: the named arbiter decides, and the decision binds. */
  Type.Literal('return'),
]);
export type RequestKind = Static<typeof RequestKind>;

export const RequestState = Type.Union([
  Type.Literal('open'),
  Type.Literal('approved'),
  Type.Literal('refused'),
  /** The case moved on before anybody decided. */
  Type.Literal('lapsed'),
]);
export type RequestState = Static<typeof RequestState>;

/** Why a unit sends a case back. */
export const ReturnReason = Type.Union([
  Type.Literal('not-our-duty'),
  Type.Literal('not-our-area'),
  Type.Literal('wrong-class'),
  Type.Literal('wrong-place'),
  Type.Literal('nothing-there'),
  Type.Literal('other'),
]);
export type ReturnReason = Static<typeof ReturnReason>;

/** A request on a case; in `GET /case-requests` with the case it belongs to. */
export const CaseRequest = Type.Object({
  id: Type.String(),
  kind: RequestKind,
  state: RequestState,
  caseId: Type.String(),
  caseNumber: Type.String(),
  className: Names,
  unit: Type.Object({ code: Type.String(), name: Names }),
  reason: Type.String(),
  reasonCode: Type.Optional(ReturnReason),
  /** extension: seconds asked for, in the handling clock's own time. */
  seconds: Type.Optional(Type.Integer()),
  requestedBy: Type.String(),
  requestedAt: Instant,
  /** return: who decides. */
  arbiter: Type.Optional(Type.Object({ id: Type.String(), name: Names })),
  /** Its evidence: ids of attachments. */
  photos: Type.Array(Type.String()),
  decidedBy: Type.Optional(Type.String()),
  decidedAt: Type.Optional(Instant),
  decisionNote: Type.Optional(Type.String()),
  approvedSeconds: Type.Optional(Type.Integer()),
});
export type CaseRequest = Static<typeof CaseRequest>;
