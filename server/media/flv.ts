import { readDescription, type CodecConfig } from './h264.ts';

/** What `readFlv` hands on; times are milliseconds of the stream's own clock. */
export interface FlvSink {
  onConfig(config: CodecConfig): void;
  onPicture(picture: { decodeMs: number; compositionMs: number; keyframe: boolean; data: Buffer }): void;
  /** A codec other than H.264 came by. */
  onForeignCodec(): void;
}

const maxTagBytes = 16 * 1024 * 1024;
/** Each tag stands behind the size of the one before it. */
const previousSizeBytes = 4;
const tagHeaderBytes = previousSizeBytes + 11;
const videoTag = 9;

/**
 * Incremental reader of an FLV byte stream (Adobe FLV specification 10.1, Annex E). FLV is what ffmpeg can write
 * with the least delay: a tag carries its size in front, so a picture is complete as soon as its bytes are here,
 * where Annex B and fragmented MP4 both wait for the next picture.
 * The returned function throws RangeError when the bytes are not FLV.
 */
export function createFlvReader(sink: FlvSink): (chunk: Buffer) => void {
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let needed = 9;
  let headerSeen = false;

  const readVideo = (tag: Buffer, decodeMs: number) => {
    const first = tag[0] ?? 0;
    if ((first & 0x80) !== 0 || (first & 0x0f) !== 7) return sink.onForeignCodec();
    if (tag.length < 5) return;
    const payload = tag.subarray(5);
    if (tag[1] === 0) sink.onConfig(readDescription(payload).config);
    else if (tag[1] === 1) {
      sink.onPicture({
        decodeMs,
        compositionMs: tag.readIntBE(2, 3),
        keyframe: first >> 4 === 1,
        data: payload,
      });
    }
  };

  const readTags = (buffer: Buffer): Buffer => {
    let offset = 0;
    if (!headerSeen) {
      if (buffer.toString('latin1', 0, 3) !== 'FLV') throw new RangeError('not an FLV stream');
      headerSeen = true;
      offset = 9;
    }
    needed = tagHeaderBytes;
    while (offset + tagHeaderBytes <= buffer.length) {
      const head = offset + previousSizeBytes;
      const size = buffer.readUIntBE(head + 1, 3);
      if (size > maxTagBytes) throw new RangeError('FLV tag is too large');
      const end = offset + tagHeaderBytes + size;
      if (end > buffer.length) {
        needed = end - offset;
        break;
      }
      const decodeMs = buffer.readUIntBE(head + 4, 3) + (buffer[head + 7] ?? 0) * 0x1000000;
      if (buffer[head] === videoTag) readVideo(buffer.subarray(offset + tagHeaderBytes, end), decodeMs);
      offset = end;
    }
    return buffer.subarray(offset);
  };

  return (chunk) => {
    pending.push(chunk);
    pendingBytes += chunk.length;
    if (pendingBytes < needed) return;
    const rest = readTags(Buffer.concat(pending, pendingBytes));
    pending = [rest];
    pendingBytes = rest.length;
  };
}

/** The start of an FLV stream for a decoder; then one `encodeFlvPicture` per picture. */
export function encodeFlvHeader(description: Buffer): Buffer {
  const header = Buffer.from([0x46, 0x4c, 0x56, 1, 1, 0, 0, 0, 9, 0, 0, 0, 0]);
  return Buffer.concat([header, encodeVideoTag([0x17, 0, 0, 0, 0], description, 0)]);
}

/** `decodeMs` must grow from tag to tag. */
export function encodeFlvPicture(
  data: Buffer,
  keyframe: boolean,
  decodeMs: number,
  compositionMs = 0,
): Buffer {
  const head = Buffer.from([keyframe ? 0x17 : 0x27, 1, 0, 0, 0]);
  head.writeIntBE(compositionMs, 2, 3);
  return encodeVideoTag([...head], data, decodeMs);
}

function encodeVideoTag(head: readonly number[], payload: Buffer, timeMs: number): Buffer {
  const size = head.length + payload.length;
  const start = Buffer.alloc(11 + head.length);
  start[0] = videoTag;
  start.writeUIntBE(size, 1, 3);
  start.writeUIntBE(timeMs % 0x1000000, 4, 3);
  start[7] = Math.floor(timeMs / 0x1000000) & 0xff;
  start.set(head, 11);
  const end = Buffer.alloc(previousSizeBytes);
  end.writeUInt32BE(11 + size);
  return Buffer.concat([start, payload, end]);
}
