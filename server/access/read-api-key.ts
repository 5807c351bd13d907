/** How every key begins, so that one that leaked is recognised where it lies. */
export const API_KEY_PREFIX = 'gw_';

/** Where a key may stand in the address: for programs that can send neither header nor password. */
const ADDRESSES_WITH_KEY = /^(\/api\/v1)?\/ogc(\/|$)|^\/api\/v1\/(tiles|exports)\//;

interface Carrier {
  url: string;
  headers: Record<string, string | string[] | undefined>;
  query: unknown;
}

export interface GivenKey {
  key: string;
  from: 'bearer' | 'header' | 'basic' | 'address';
}

/**
 * The key a request carries: `Authorization: Bearer gw_…`, `X-API-Key`, the password of Basic (any user name), or
 * `?key=` where that is allowed. A header that holds no key of ours is somebody else's business.
 */
export function readApiKey({ url, headers, query }: Carrier): GivenKey | undefined {
  const header = headers['x-api-key'];
  if (typeof header === 'string') return { key: header.trim(), from: 'header' };
  const [, scheme = '', value = ''] = /^(\w+) +(\S+) *$/.exec(headers.authorization?.toString() ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') return { key: value, from: 'bearer' };
  if (scheme.toLowerCase() === 'basic') {
    const [, password = ''] = /^[^:]*:(.*)$/s.exec(Buffer.from(value, 'base64').toString()) ?? [];
    return { key: password, from: 'basic' };
  }
  if (typeof query !== 'object' || query === null || !('key' in query)) return undefined;
  const path = url.split('?', 1)[0] ?? '';
  if (typeof query.key !== 'string' || !ADDRESSES_WITH_KEY.test(path)) return undefined;
  return { key: query.key, from: 'address' };
}

/**
 * Whether the request names its caller by a header that no browser adds by itself. Basic does not count: a browser
 * that was asked for a password once sends it with requests that other sites start.
 */
export function isKeyCall(headers: Carrier['headers']): boolean {
  const given = readApiKey({ url: '', headers, query: undefined });
  return given?.from === 'bearer' || given?.from === 'header';
}
