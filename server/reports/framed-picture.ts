import { parseMicros } from '#contract/media';
import { keepFile, requireImage, type AttachmentRow } from '../attachments/service.ts';
import type { Context } from '../context.ts';
import { AppError, appError } from '../errors.ts';

const STILL_LIMIT_BYTES = 4 * 1024 * 1024;
/** A frame may be a little younger than what the recording has noticed. */
const AHEAD_MICROS = 5_000_000;
/** How far back a framing may reach on a camera that keeps no recording. */
const UNRECORDED_MICROS = 600_000_000;

/** The still of a framing, base64 or bytes. @throws NOT_AN_IMAGE unless it is a JPEG, TOO_LARGE above 4 MB */
export function readStill(still: string | Buffer): Buffer {
  const bytes = typeof still === 'string' ? decodeBase64(still) : still;
  if (bytes.byteLength > STILL_LIMIT_BYTES) throw appError('TOO_LARGE', { limitBytes: STILL_LIMIT_BYTES });
  requireImage(bytes, 'image/jpeg');
  return bytes;
}

function decodeBase64(text: string): Buffer {
  const plain = text.replace(/^data:image\/jpeg;base64,/, '');
  if (!/^[A-Za-z0-9+/\r\n]*={0,2}\s*$/.test(plain)) throw appError('NOT_AN_IMAGE');
  return Buffer.from(plain, 'base64');
}

/** @throws INVALID_INPUT for what is no instant, TIME_OUTSIDE_RING for a frame the recording cannot hold */
export async function requireRecordedTime({ media }: Context, cameraId: string, at: string): Promise<number> {
  const micros = parseMicros(at.toUpperCase());
  if (Number.isNaN(micros)) {
    throw appError('INVALID_INPUT', { problems: [{ path: '/at', message: 'must be an RFC 3339 instant' }] });
  }
  const { ring } = await media.status(cameraId);
  const to = ring ? parseMicros(ring.to) : media.nowMicros();
  const from = ring ? parseMicros(ring.from) : to - UNRECORDED_MICROS;
  if (micros < from || micros > to + AHEAD_MICROS) throw appError('TIME_OUTSIDE_RING', { cameraId, ring });
  return micros;
}

export interface FramedPicture {
  still: AttachmentRow | undefined;
  evidence: AttachmentRow | undefined;
}

/**
 * Keeps the framed frame and the coded pictures it came from, on disk before any row names them. Evidence that cannot
 * be had (the camera is away, its clip is missing) holds nothing up.
 */
export async function keepPicture(
  { media, files, clock, log }: Context,
  given: { cameraId: string; atMicros: number; still: Buffer | undefined; userId: string },
): Promise<FramedPicture> {
  const made = { createdBy: given.userId, createdAt: clock.now() };
  const gop = await media.gopAt(given.cameraId, given.atMicros).catch((error: unknown) => {
    if (!(error instanceof AppError))
      log.warn({ err: error, cameraId: given.cameraId }, 'no evidence for a framing');
    return undefined;
  });
  return {
    still:
      given.still &&
      (await keepFile(files, given.still, { mediaType: 'image/jpeg', purpose: 'still', ...made })),
    evidence: gop && (await keepFile(files, gop, { mediaType: 'video/mp4', purpose: 'evidence', ...made })),
  };
}
