import type { ErrorBody } from '#contract/shared';

/** A call that failed: the catalogue's code, or `UNREACHABLE` when no answer came and `UNKNOWN` when it made no sense. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: unknown;

  constructor(code: string, status: number, details?: unknown) {
    super(code);
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

interface JsonRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON, or as it is when it is a form or a file. */
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Calls `/api/v1` + path. Throws ApiError; an abort goes through as it is. */
export async function fetchJson<T>(path: string, request: JsonRequest = {}): Promise<T> {
  const { method = 'GET', body, headers, signal } = request;
  const isReady = body instanceof FormData || body instanceof Blob;
  const response = await fetch(`/api/v1${path}`, {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined || isReady ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? null : isReady ? body : JSON.stringify(body),
    signal: signal ?? null,
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError('UNREACHABLE', 0);
  });
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  const answer = parseJson(text);
  if (!response.ok) {
    if (isErrorBody(answer)) throw new ApiError(answer.code, response.status, answer.details);
    throw new ApiError(response.status >= 502 ? 'UNREACHABLE' : 'UNKNOWN', response.status);
  }
  if (answer === undefined) throw new ApiError('UNKNOWN', response.status);
  return answer as T;
}

/** All pages of a list. */
export async function fetchAll<T>(path: string, signal?: AbortSignal): Promise<T[]> {
  const items: T[] = [];
  const joint = path.includes('?') ? '&' : '?';
  let after: string | undefined;
  do {
    const suffix = after ? `${joint}after=${encodeURIComponent(after)}` : '';
    const page = await fetchJson<{ items: T[]; next?: string }>(path + suffix, signal ? { signal } : {});
    items.push(...page.items);
    after = page.next;
  } while (after);
  return items;
}

/** Whether signing in (again) is what the answer asks for. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401 && error.code !== 'WRONG_CREDENTIALS';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isErrorBody(answer: unknown): answer is ErrorBody {
  return typeof answer === 'object' && answer !== null && 'code' in answer && typeof answer.code === 'string';
}
