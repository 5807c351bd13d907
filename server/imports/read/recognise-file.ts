import { appError } from '../../errors.ts';
import { readHead } from './detect-encoding.ts';

export type FileKind =
  'gzip' | 'zip' | 'geopackage' | 'osm-pbf' | 'osm-xml' | 'json' | 'delimited' | 'shapefile';

/**
 * What a file is, by its first bytes; names lie.
 *
 * @throws IMPORT_EMPTY, IMPORT_UNKNOWN_FORMAT
 */
export async function recogniseFile(path: string, bytes: number): Promise<FileKind> {
  if (bytes === 0) throw appError('IMPORT_EMPTY');
  const head = await readHead(path, 4096);
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head.subarray(0, 2).toString('latin1') === 'PK') return 'zip';
  if (head.subarray(0, 15).toString('latin1') === 'SQLite format 3') return 'geopackage';
  if (head.subarray(4, 32).includes('OSMHeader')) return 'osm-pbf';
  if (bytes >= 100 && head.readUInt32BE(0) === 9994) return 'shapefile';
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  const text = head.toString(utf16 && head[0] === 0xff ? 'utf16le' : 'utf8').replace(/^\ufeff/, '');
  const start = text.trimStart();
  if (!utf16 && /^(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<osm[\s>]/s.test(start)) return 'osm-xml';
  if (start.startsWith('<'))
    throw appError('IMPORT_UNKNOWN_FORMAT', { looksLike: 'xml', begins: start.slice(0, 80) });
  if (/^[[{]/.test(start.replace(String.fromCharCode(30), '').trimStart())) return 'json';
  if (!utf16 && isBinary(head)) throw appError('IMPORT_UNKNOWN_FORMAT', { looksLike: 'binary' });
  return 'delimited';
}

/** Control characters do not occur in text; zeros in every other byte do, in UTF-16 without a mark. */
function isBinary(head: Buffer): boolean {
  let controls = 0;
  let zerosEven = 0;
  let zerosOdd = 0;
  for (let i = 0; i < head.length; i++) {
    const byte = head[i]!;
    if (byte === 0) {
      if (i % 2) zerosOdd++;
      else zerosEven++;
    } else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 27) controls++;
  }
  if (controls > head.length / 100) return true;
  return zerosEven > 0 && zerosOdd > 0
    ? true
    : zerosEven + zerosOdd > 0 && zerosEven + zerosOdd < head.length * 0.15;
}
