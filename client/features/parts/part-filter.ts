import type { PartFilter } from '#contract/parts';
import { partStates } from './part-states.ts';

/** The filter of a list as query text, keys in one order so that equal filters are the same question. */
export function partQuery(filter: PartFilter, more: Record<string, string> = {}): string {
  const pairs = Object.entries({ ...filter, ...more }).filter(([, value]) => value !== '');
  return new URLSearchParams(pairs.sort(([a], [b]) => (a < b ? -1 : 1))).toString();
}

const patterns: Record<Exclude<keyof PartFilter, 'bbox' | 'state'>, RegExp> = {
  q: /^.{1,80}$/,
  class: /^[\w:]{1,32}$/,
  cell: /^\d{15}$/,
  division: /^\d{6,12}$/,
  owner: /^.{1,40}$/,
  maintainer: /^.{1,40}$/,
};

/** What of search parameters is such a filter; wrong ones are left out. Digits arrive as numbers. */
export function readPartFilter(search: Record<string, unknown>): Omit<PartFilter, 'bbox'> {
  const filter: Record<string, string> = {};
  for (const [key, pattern] of Object.entries(patterns)) {
    const value = search[key];
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text === 'string' && pattern.test(text)) filter[key] = text;
  }
  const state = partStates.find((one) => one === search['state']);
  return { ...filter, ...(state ? { state } : {}) };
}
