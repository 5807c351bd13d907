import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';

function readTable(path: string): Record<string, string>[] {
  return parse(readFileSync(new URL(path, import.meta.url)), { columns: true });
}

const parts = new Set(
  readTable('../dictionary/classes.csv')
    .filter((row) => row['edition'] === '2026' && row['kind'] === 'part')
    .map((row) => row['id']),
);

describe('tables of an import', () => {
  it.each(['class-words.csv', 'osm-classes.csv'])('%s names classes of 2026 only', (name) => {
    expect(readTable(name).filter((row) => !parts.has(row['class']))).toEqual([]);
  });

  it('gives each word one class', () => {
    const words = readTable('class-words.csv').map((row) => row['word']);
    expect(new Set(words).size).toBe(words.length);
  });
});
