import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { en } from './en/en.ts';
import { zhCN } from './zh-CN/zh-cn.ts';

function flatten(node: object, path = ''): [key: string, text: string][] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? flatten(value, `${path}${key}.`)
      : [[path + key, String(value)]],
  );
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe('the catalogues', () => {
  it('say everything in both languages, with the same values in it', () => {
    const english = new Map(flatten(en));
    for (const [key, text] of flatten(zhCN)) {
      expect(english.get(key), key).toBeTruthy();
      expect(placeholders(english.get(key) ?? ''), key).toEqual(placeholders(text));
    }
    expect(english.size).toBe(flatten(zhCN).length);
  });

  it('leave no Chinese in the English and no untranslated sentence in the Chinese', () => {
    for (const [key, text] of flatten(en)) expect(text, key).not.toMatch(/[\u4e00-\u9fff]/);
    for (const [key, text] of flatten(zhCN)) expect(text, key).toMatch(/[\u4e00-\u9fff]|^\{\{/);
  });

  it('know every error that the server may answer with', () => {
    const source = readFileSync(new URL('../../server/errors.ts', import.meta.url), 'utf8');
    const codes = [...source.matchAll(/^ {2}([A-Z][A-Z_]+): \[/gm)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(30);
    expect(Object.keys(zhCN.errors)).toEqual(expect.arrayContaining(codes));
  });
});
