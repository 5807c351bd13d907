import { useState } from 'react';
import type { FramingResult } from '#contract/reports';
import { rememberClass } from '../dictionary/recent-classes.ts';
import { previewFraming, useFileFraming } from './api.ts';
import { useFramingStore, type Framing } from './framing-store.ts';
import { requestOf, type ServerPreview } from './use-framing-preview.ts';

interface FileRectangle {
  /** Enter, or with Shift held: `anew`. */
  file: (framing: Framing, preview: ServerPreview | undefined, anew: boolean) => Promise<void>;
  busy: boolean;
  error: unknown;
  reset: () => void;
}

/**
 * Files the rectangle, or attaches it to the similar case chosen. When Enter comes before anybody could have seen
 * that a similar case is open, nothing is filed: `onSimilar` shows it first.
 */
export function useFileRectangle(on: {
  filed: (result: FramingResult) => void;
  similar: (preview: ServerPreview) => void;
}): FileRectangle {
  const filing = useFileFraming();
  const end = useFramingStore((store) => store.end);
  const [looking, setLooking] = useState(false);
  const [lookError, setLookError] = useState<unknown>();

  async function file(drawn: Framing, preview: ServerPreview | undefined, anew: boolean): Promise<void> {
    if (!drawn.entry || filing.isPending || looking) return;
    setLooking(true);
    const framing = await withFrame(drawn.key);
    setLooking(false);
    if (!framing?.entry) return;
    const { entry, frame, key } = framing;
    const request = requestOf(framing);
    const asked = JSON.stringify(request);
    let known = preview?.asked === asked ? preview.data : undefined;
    if (!known) {
      setLooking(true);
      setLookError(undefined);
      try {
        known = await previewFraming(request, new AbortController().signal);
      } catch (error) {
        setLookError(error);
        return;
      } finally {
        setLooking(false);
      }
      if (known.similar.length > 0 && !anew) {
        on.similar({ asked, data: known });
        return;
      }
    }
    const attachTo = anew
      ? undefined
      : (known.similar.find(({ id }) => id === framing.attachTo) ?? known.similar[0])?.id;
    filing.mutate(
      {
        key,
        still: frame?.jpeg,
        framing: {
          cameraId: framing.camera.id,
          at: frame?.at ?? new Date().toISOString(),
          box: framing.box,
          class: entry.id,
          file: true,
          ...(framing.limitId === undefined ? {} : { condition: framing.limitId }),
          ...(attachTo ? { attachTo } : {}),
        },
      },
      {
        onSuccess: (result) => {
          rememberClass(entry.id);
          end();
          on.filed(result);
        },
      },
    );
  }

  return {
    file,
    busy: filing.isPending || looking,
    error: lookError ?? filing.error,
    reset: () => {
      setLookError(undefined);
      filing.reset();
    },
  };
}

/** Enter may come before the framed frame is kept: waits for it. Undefined when the rectangle was given up meanwhile. */
function withFrame(key: string): Promise<Framing | undefined> {
  return new Promise((resolve) => {
    const look = (framing: Framing | null): boolean => {
      if (framing?.key === key && !framing.frame && !framing.frameFailed) return false;
      resolve(framing?.key === key ? framing : undefined);
      return true;
    };
    if (look(useFramingStore.getState().framing)) return;
    const stop = useFramingStore.subscribe(({ framing }) => {
      if (look(framing)) stop();
    });
  });
}
