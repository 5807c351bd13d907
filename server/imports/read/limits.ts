/** What a file may be at most; the answers name these figures. */
export const limits = {
  /** Of a text file, unpacked; it is streamed, so this only guards the disk. */
  textBytes: 16 * 2 ** 30,
  /** Of a file that goes through GDAL, whose WebAssembly build counts offsets in 32 bits. */
  foreignBytes: 2 * 2 ** 30 - 1,
  /** Unpacked against packed, once more than `ratioFreeBytes` came out. */
  unpackRatio: 200,
  ratioFreeBytes: 64 * 2 ** 20,
  zipEntries: 2_000,
  /** Characters of one line, quoted line breaks included, or of one JSON feature. */
  rowCharacters: 4 * 2 ** 20,
  featureCharacters: 32 * 2 ** 20,
  jsonDepth: 64,
  columns: 2_000,
} as const;
