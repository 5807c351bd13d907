import type { LiveMode } from '#contract/media';
import { readLiveMessage, type PictureMessage } from './live-connection.ts';

/** Pictures the browser no longer has, from the camera's recording: from the key frame at or before `from`, to `to`. */
export async function fetchUnits(
  cameraId: string,
  range: { fromMicros: number; toMicros: number; mode: LiveMode; originMicros?: number },
): Promise<PictureMessage[]> {
  const query = new URLSearchParams({
    from: `${range.fromMicros}`,
    to: `${range.toMicros}`,
    mode: range.mode,
  });
  if (range.originMicros !== undefined) query.set('origin', `${range.originMicros}`);
  const answer = await fetch(`/api/v1/cameras/${encodeURIComponent(cameraId)}/units?${query}`);
  if (!answer.ok) return [];
  const bytes = await answer.arrayBuffer();
  const view = new DataView(bytes);
  const messages: PictureMessage[] = [];
  const listener = {
    onConfig: () => undefined,
    onState: () => undefined,
    onPicture: (message: PictureMessage) => void messages.push(message),
  };
  for (let offset = 0; offset + 4 <= bytes.byteLength;) {
    const length = view.getUint32(offset);
    readLiveMessage(bytes.slice(offset + 4, offset + 4 + length), listener);
    offset += 4 + length;
  }
  return messages;
}
