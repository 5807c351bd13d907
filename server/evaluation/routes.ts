import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import {
  Aims,
  Evaluation,
  EvaluationMode,
  EvaluationRules,
  Figure,
  Forecast,
  Indicators,
  JudgedCase,
  Period,
  SubjectKind,
  TrialPeriod,
} from '#contract/evaluation';
import { List } from '#contract/shared';
import { refuseControlCharacters } from '../access/request-checks.ts';
import { requireRole, requireUser } from '../access/session-user.ts';
import { readCursor, writeCursor } from '../cases/cursor.ts';
import type { Context } from '../context.ts';
import { changeRules, endTrial, evaluationRules, listTrialPeriods, markTrial } from './rules.ts';
import { aims, evaluate, forecast, indicators, listJudgedCases } from './service.ts';

const PeriodParams = Type.Object({ period: Period });
const Code = Type.String({ minLength: 1, maxLength: 64 });
const AsOf = Type.Optional(Type.String({ format: 'date-time' }));
const Month = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' });

const EvaluationQuery = Type.Object(
  { by: SubjectKind, subject: Type.Optional(Code), asOf: AsOf },
  { additionalProperties: false },
);

const CasesQuery = Type.Object(
  {
    by: Type.Optional(SubjectKind),
    subject: Type.Optional(Code),
    figure: Type.Optional(Figure),
    mode: Type.Optional(EvaluationMode),
    asOf: AsOf,
    after: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
  },
  { additionalProperties: false },
);

const IndicatorsQuery = Type.Object(
  { by: Type.Optional(SubjectKind), subject: Type.Optional(Code) },
  { additionalProperties: false },
);

const MonthsQuery = Type.Object({ from: Month, to: Month }, { additionalProperties: false });
const ChangedRules = Type.Object(
  {
    ...EvaluationRules.properties,
    reason: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })),
  },
  { additionalProperties: false },
);
const TrialPeriods = Type.Object({ items: Type.Array(TrialPeriod) });

export function evaluationRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addHook('preValidation', refuseControlCharacters);

    app.get(
      '/evaluations/:period',
      { schema: { params: PeriodParams, querystring: EvaluationQuery, response: { 200: Evaluation } } },
      (request) => {
        const { scope } = requireUser(request);
        const { by, subject, asOf } = request.query;
        return evaluate(context, scope, { period: request.params.period, by, subject, asOf: toDate(asOf) });
      },
    );

    app.get(
      '/evaluations/:period/cases',
      { schema: { params: PeriodParams, querystring: CasesQuery, response: { 200: List(JudgedCase) } } },
      async (request) => {
        const { scope } = requireUser(request);
        const { by = 'district', figure = 'due', mode = 'strict', limit = 100, ...query } = request.query;
        const { items, more, last } = await listJudgedCases(context, scope, {
          period: request.params.period,
          by,
          subject: query.subject,
          figure,
          mode,
          asOf: toDate(query.asOf),
          after: query.after === undefined ? undefined : readAfter(query.after),
          limit,
        });
        return {
          items,
          ...(more && last ? { next: writeCursor(last.dueAt.toISOString(), last.caseId) } : {}),
        };
      },
    );

    app.get(
      '/evaluations/:period/indicators',
      { schema: { params: PeriodParams, querystring: IndicatorsQuery, response: { 200: Indicators } } },
      (request) => {
        const { scope } = requireUser(request);
        return indicators(context, scope, { period: request.params.period, ...request.query });
      },
    );

    app.get(
      '/evaluations/:period/forecast',
      {
        schema: {
          params: PeriodParams,
          querystring: Type.Object({ by: Type.Optional(SubjectKind) }, { additionalProperties: false }),
          response: { 200: Forecast },
        },
      },
      (request) => {
        const { scope } = requireUser(request);
        return forecast(context, scope, { period: request.params.period, by: request.query.by ?? 'unit' });
      },
    );

    app.get(
      '/evaluations/aims',
      { schema: { querystring: MonthsQuery, response: { 200: Aims } } },
      (request) => aims(context, requireUser(request).scope, request.query),
    );

    app.get('/evaluation-rules', { schema: { response: { 200: EvaluationRules } } }, (request) => {
      requireUser(request);
      return evaluationRules(context.db);
    });

    app.put(
      '/evaluation-rules',
      { schema: { body: ChangedRules, response: { 200: EvaluationRules } } },
      (request) => changeRules(context, requireRole(request, 'evaluator'), request.body),
    );

    app.get('/trial-periods', { schema: { response: { 200: TrialPeriods } } }, async (request) => {
      requireUser(request);
      return { items: await listTrialPeriods(context.db) };
    });

    app.post(
      '/trial-periods',
      { schema: { body: TrialPeriod, response: { 201: TrialPeriod } } },
      async (request, reply) =>
        reply.code(201).send(await markTrial(context, requireRole(request, 'evaluator'), request.body)),
    );

    app.delete(
      '/trial-periods/:fromMonth',
      { schema: { params: Type.Object({ fromMonth: Month }) } },
      async (request, reply) => {
        await endTrial(context, requireRole(request, 'evaluator'), request.params.fromMonth);
        return reply.code(204).send();
      },
    );
  };
}

function toDate(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}

/** @throws INVALID_INPUT */
function readAfter(text: string): { dueAt: Date; caseId: string } {
  const { key, id } = readCursor(text);
  return { dueAt: new Date(key ?? 0), caseId: id };
}
