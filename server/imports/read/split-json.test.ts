import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitJson, type JsonShape } from './split-json.ts';

async function split(text: string, shape: JsonShape, size: number): Promise<unknown[]> {
  async function* pieces() {
    for (let from = 0; from < text.length; from += size)
      yield { text: text.slice(from, from + size), bytesRead: from };
  }
  const objects: unknown[] = [];
  for await (const piece of splitJson(pieces(), shape))
    for (const one of piece.objects) objects.push(JSON.parse(one));
  return objects;
}

describe('objects of a JSON text', () => {
  const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));

  it('come out whole whatever they hold and however the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(object, { maxLength: 6 }),
        object,
        fc.integer({ min: 1, max: 40 }),
        async (items, other, size) => {
          const expected = JSON.parse(JSON.stringify(items)) as unknown;
          expect(await split(JSON.stringify(items), { kind: 'array' }, size)).toEqual(expected);
          expect(
            await split(items.map((item) => JSON.stringify(item)).join('\n'), { kind: 'sequence' }, size),
          ).toEqual(expected);
          const collection = JSON.stringify(
            { a: other, features_: [other], features: items, z: [other] },
            null,
            1,
          );
          expect(await split(collection, { kind: 'member', name: 'features' }, size)).toEqual(expected);
        },
      ),
    );
  });

  it('refuses a text that is cut off, and one that is nested too deeply', async () => {
    await expect(
      split('{"features":[{"a":1},{"b"', { kind: 'member', name: 'features' }, 7),
    ).rejects.toMatchObject({
      code: 'IMPORT_BROKEN_FILE',
      details: { reason: 'CUT_OFF' },
    });
    await expect(split(`[{"a":${'['.repeat(100_000)}`, { kind: 'array' }, 4096)).rejects.toMatchObject({
      details: { reason: 'NESTED_TOO_DEEPLY' },
    });
  });
});
