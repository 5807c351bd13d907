import { describe, expect, test } from 'vitest';
import { isKeyCall, readApiKey } from './read-api-key.ts';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const read = (
  headers: Record<string, string>,
  url = '/api/v1/parts',
  query: Record<string, string | string[]> = {},
) => readApiKey({ url, headers, query });

describe('the key of a request', () => {
  test('is found in each of its places', () => {
    expect(read({ authorization: 'Bearer gw_a' })).toEqual({ key: 'gw_a', from: 'bearer' });
    expect(read({ authorization: 'bearer  gw_a' })).toEqual({ key: 'gw_a', from: 'bearer' });
    expect(read({ 'x-api-key': 'gw_a' })).toEqual({ key: 'gw_a', from: 'header' });
    expect(read({ authorization: basic('anybody:gw_a') })).toEqual({ key: 'gw_a', from: 'basic' });
    expect(read({ authorization: basic(':gw_a:b') })).toEqual({ key: 'gw_a:b', from: 'basic' });
    expect(read({})).toBeUndefined();
  });

  test('stands in the address of tiles, features and exports alone', () => {
    const query = { key: 'gw_a' };
    for (const url of [
      '/ogc?key=gw_a',
      '/ogc/collections?key=gw_a',
      '/api/v1/ogc/api?key=gw_a',
      '/api/v1/tiles/parts/1/1/1.mvt?key=gw_a',
      '/api/v1/exports/parts.csv?key=gw_a',
    ]) {
      expect(read({}, url, query), url).toEqual({ key: 'gw_a', from: 'address' });
    }
    for (const url of ['/api/v1/parts?key=gw_a', '/ogcs?key=gw_a', '/api/v1/parts?x=/ogc/']) {
      expect(read({}, url, query), url).toBeUndefined();
    }
    expect(read({}, '/ogc', { key: ['gw_a', 'gw_b'] })).toBeUndefined();
  });

  test('frees from the check of the origin only where no browser sends it by itself', () => {
    expect(isKeyCall({ authorization: 'Bearer gw_a' })).toBe(true);
    expect(isKeyCall({ 'x-api-key': 'gw_a' })).toBe(true);
    expect(isKeyCall({ authorization: basic('a:gw_a') })).toBe(false);
    expect(isKeyCall({})).toBe(false);
  });
});
