import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { normaliseName } from './suggest-mapping.ts';

/** Common words for part classes that are not their names: hydrant, 消火栓, manhole … → class id of 2026. */
export function readClassWords(): Map<string, string> {
  const text = readFileSync(new URL('../../../data/import/class-words.csv', import.meta.url), 'utf8');
  const rows = parse<{ word: string; class: string }>(text, { columns: true });
  return new Map(rows.map((row) => [normaliseName(row.word), row.class]));
}

/** The class a file's name speaks of, as in `nyc_hydrants.csv`; undefined unless exactly one. */
export function classOfFileName(fileName: string, words: ReadonlyMap<string, string>): string | undefined {
  const tokens = fileName
    .replace(/(\.[a-z0-9]+)+$/i, '')
    .split(/[^\p{L}]+/u)
    .map(normaliseName)
    .filter(Boolean);
  const pairs = tokens.slice(1).map((token, i) => `${tokens[i]!}${token}`);
  const found = new Set<string>();
  for (const candidate of [...pairs, ...tokens])
    for (const form of [candidate, candidate.replace(/s$/, ''), candidate.replace(/es$/, '')]) {
      const id = words.get(form);
      if (id) found.add(id);
    }
  return found.size === 1 ? [...found][0] : undefined;
}
