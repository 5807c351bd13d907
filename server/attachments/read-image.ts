export type ImageType = 'image/jpeg' | 'image/png' | 'image/webp';

export interface ImageHeader {
  mediaType: ImageType;
  width: number;
  height: number;
}

/**
 * What the bytes are, by their own headers and never by what the sender calls them: JPEG (ITU-T T.81 annex B), PNG
 * (RFC 2083) or WebP (RFC 9649) with its size in pixels; undefined for anything else.
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = readJpeg(view) ?? readPng(view) ?? readWebp(view);
  return found && found.width > 0 && found.height > 0 ? found : undefined;
}

function readJpeg(view: DataView): ImageHeader | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  let offset = 2;
  while (offset + 4 <= view.byteLength) {
    if (view.getUint8(offset) !== 0xff) return undefined;
    const marker = view.getUint8(offset + 1);
    if (marker === 0xff) {
      offset += 1;
    } else if (isStartOfFrame(marker)) {
      if (offset + 9 > view.byteLength) return undefined;
      return {
        mediaType: 'image/jpeg',
        height: view.getUint16(offset + 5),
        width: view.getUint16(offset + 7),
      };
    } else if (marker === 0xda || marker === 0xd9) {
      return undefined;
    } else {
      offset += 2 + view.getUint16(offset + 2);
    }
  }
  return undefined;
}

/** SOF0 to SOF15, without the tables DHT, JPG and DAC between them. */
function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

const PNG_SIGNATURE = [0x89504e47, 0x0d0a1a0a] as const;

function readPng(view: DataView): ImageHeader | undefined {
  if (view.byteLength < 33 || PNG_SIGNATURE.some((word, index) => view.getUint32(index * 4) !== word))
    return undefined;
  if (readText(view, 12, 4) !== 'IHDR') return undefined;
  return { mediaType: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

function readWebp(view: DataView): ImageHeader | undefined {
  if (view.byteLength < 30 || readText(view, 0, 4) !== 'RIFF' || readText(view, 8, 4) !== 'WEBP')
    return undefined;
  const mediaType = 'image/webp';
  switch (readText(view, 12, 4)) {
    case 'VP8 ':
      return {
        mediaType,
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return { mediaType, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { mediaType, width: readUint24(view, 24) + 1, height: readUint24(view, 27) + 1 };
    default:
      return undefined;
  }
}

function readUint24(view: DataView, offset: number): number {
  return view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
}

function readText(view: DataView, offset: number, length: number): string {
  return String.fromCharCode(...Array.from({ length }, (_, index) => view.getUint8(offset + index)));
}
