import { useNow } from '../../realtime/live-store.tsx';
import { useFormats } from './use-formats.ts';

/** How long ago, with the instant itself on hover. */
export function Ago({ at }: { at: string }) {
  const now = useNow(10_000);
  const formats = useFormats();
  const epochMs = Date.parse(at);
  return (
    <time dateTime={at} title={formats.dateTime(epochMs)}>
      {formats.ago(epochMs, now)}
    </time>
  );
}
