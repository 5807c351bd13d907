import { expect, it } from 'vitest';
import { ByteCache } from './byte-cache.ts';

it('lets the value go that was not used for longest', () => {
  const cache = new ByteCache<{ sizeBytes: number }>(10);
  cache.set('a', { sizeBytes: 4 });
  cache.set('b', { sizeBytes: 4 });
  cache.get('a');
  cache.set('c', { sizeBytes: 4 });
  expect(['a', 'b', 'c'].filter((key) => cache.get(key))).toEqual(['a', 'c']);
  expect(cache.usedBytes).toBe(8);
});

it('counts a replaced value once and never keeps one larger than itself', () => {
  const cache = new ByteCache<{ sizeBytes: number }>(10);
  cache.set('a', { sizeBytes: 4 });
  cache.set('a', { sizeBytes: 6 });
  expect(cache.usedBytes).toBe(6);
  cache.set('a', { sizeBytes: 11 });
  expect(cache.get('a')).toBeUndefined();
  expect(cache.usedBytes).toBe(0);
});
