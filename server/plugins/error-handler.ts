import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, appError, type ErrorCode } from '../errors.ts';

/** The one place where an error becomes an answer. */
export function installErrorHandler(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => render(toAppError(error, request), request, reply));
}

export function render(error: AppError, request: FastifyRequest, reply: FastifyReply) {
  return reply
    .code(error.status)
    .header('cache-control', 'no-store')
    .send({
      code: error.code,
      message: error.message,
      ...(error.details === undefined ? {} : { details: error.details }),
      requestId: request.id,
    });
}

/** What the framework says, in the catalogue's words. Anything else is ours: logged whole, told as INTERNAL. */
const FRAMEWORK_CODES: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'TOO_LARGE',
  FST_REQ_FILE_TOO_LARGE: 'TOO_LARGE',
  FST_FILES_LIMIT: 'TOO_LARGE',
  FST_PARTS_LIMIT: 'TOO_LARGE',
  FST_FIELDS_LIMIT: 'TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'MEDIA_TYPE_REFUSED',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'MEDIA_TYPE_REFUSED',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'BROKEN_JSON',
  FST_ERR_CTP_INVALID_JSON_BODY: 'BROKEN_JSON',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'INVALID_INPUT',
  FST_UNDER_PRESSURE: 'BUSY',
};

function toAppError(error: unknown, request: FastifyRequest): AppError {
  if (error instanceof AppError) return error;
  const known = asFastifyError(error);
  if (known?.validation) {
    return appError('INVALID_INPUT', {
      where: known.validationContext,
      problems: known.validation.map(({ instancePath, message, params }) => ({
        path: instancePath,
        message,
        params,
      })),
    });
  }
  const code = known?.code ? FRAMEWORK_CODES[known.code] : undefined;
  if (code) return appError(code);
  if (known?.statusCode === 429) return appError('TOO_MANY_REQUESTS');
  if (error instanceof SyntaxError && known?.statusCode === 400) return appError('BROKEN_JSON');
  if (known?.statusCode && known.statusCode >= 400 && known.statusCode < 500) {
    return appError('INVALID_INPUT', { problem: known.message });
  }
  request.log.error({ err: error }, 'request failed');
  return appError('INTERNAL');
}

function asFastifyError(error: unknown): Partial<FastifyError> | undefined {
  return error instanceof Error ? error : undefined;
}
