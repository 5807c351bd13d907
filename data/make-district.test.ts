import { readdirSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readSampleText } from './district/read-features.ts';
import { makeDistrict } from './make-district.ts';

test('makes exactly what is committed', { timeout: 60_000 }, () => {
  for (const [name, text] of makeDistrict()) {
    expect(text === readSampleText(name), `${name} differs: run npx tsx data/make-district.ts`).toBe(true);
  }
});

test('stays under six megabytes', () => {
  const folder = new URL('./qilihe/', import.meta.url);
  const generated = readdirSync(folder).filter(
    (name) => name.endsWith('.ndjson.gz') || name === 'scenes.json',
  );
  expect(generated).toHaveLength(7);
  const bytes = generated.reduce((sum, name) => sum + statSync(new URL(name, folder)).size, 0);
  expect(bytes).toBeLessThan(6e6);
});
