import type { FastifyRequest } from 'fastify';
import { appError } from '../errors.ts';

const stills = new WeakMap<FastifyRequest, Buffer>();

/** The JPEG that came beside the framing in a multipart body. */
export function stillOf(request: FastifyRequest): Buffer | undefined {
  return stills.get(request);
}

/**
 * A multipart framing, field `framing` (JSON) and file `still`, becomes the body that a JSON one has. A hook before
 * validation, so that both are checked by the same schema.
 * @throws BROKEN_JSON, TOO_LARGE
 */
export async function readMultipartFraming(request: FastifyRequest): Promise<void> {
  if (!request.isMultipart()) return;
  request.body = {};
  for await (const part of request.parts()) {
    if (part.type === 'file') {
      const bytes = await part.toBuffer();
      if (part.fieldname === 'still') stills.set(request, bytes);
    } else if (part.fieldname === 'framing') {
      request.body = parseJson(String(part.value));
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw appError('BROKEN_JSON');
  }
}
