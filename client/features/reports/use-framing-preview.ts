import { useEffect, useState } from 'react';
import type { FramingPreview, PreviewRequest } from '#contract/reports';
import { previewFraming } from './api.ts';
import type { Framing } from './framing-store.ts';

/** About eight a second while the rectangle moves. */
const everyMs = 120;

export interface ServerPreview {
  /** What was asked, as a key. */
  asked: string;
  data?: FramingPreview;
  error?: unknown;
}

function hasSize({ box }: Framing): boolean {
  return box.width > 0 && box.height > 0;
}

export function requestOf({ camera, box, entry, limitId }: Framing): PreviewRequest {
  return {
    cameraId: camera.id,
    box,
    ...(entry ? { class: entry.id } : {}),
    ...(entry && limitId !== undefined ? { condition: limitId } : {}),
  };
}

/**
 * What the server says of the rectangle, asked at most every 120 ms while it moves; the latest wins. While a new
 * answer is on its way the last one stays; `asked` tells which rectangle and class it is about.
 * @param likely id of the class to ask with until one is chosen, so that a unit shows while the rectangle is drawn
 */
export function useFramingPreview(
  framing: Framing | null,
  likely: string | undefined,
): ServerPreview | undefined {
  const [preview, setPreview] = useState<ServerPreview>();
  const [asker] = useState(() => new PreviewAsker(setPreview));
  const key = framing?.key;
  useEffect(() => () => asker.forget(), [asker, key]);
  useEffect(() => {
    if (!framing || !hasSize(framing)) return;
    asker.want(framing.entry || !likely ? requestOf(framing) : { ...requestOf(framing), class: likely });
  }, [asker, framing, likely]);
  return preview;
}

/** Asks for what is wanted last, one question at a time and not more often than `everyMs`. */
class PreviewAsker {
  #wanted: PreviewRequest | null = null;
  #lastAsked = '';
  #asking: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #askedAt = 0;
  readonly #tell: (preview: ServerPreview | undefined) => void;

  constructor(tell: (preview: ServerPreview | undefined) => void) {
    this.#tell = tell;
  }

  want(request: PreviewRequest): void {
    this.#wanted = request;
    this.#schedule();
  }

  forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asking?.abort();
    this.#asking = null;
    this.#wanted = null;
    this.#lastAsked = '';
    this.#tell(undefined);
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#asking || this.#wanted === null) return;
    this.#timer = setTimeout(() => this.#ask(), Math.max(0, this.#askedAt + everyMs - performance.now()));
  }

  #ask(): void {
    this.#timer = undefined;
    const request = this.#wanted;
    this.#wanted = null;
    if (request === null) return;
    const asked = JSON.stringify(request);
    if (asked === this.#lastAsked) return;
    this.#lastAsked = asked;
    this.#askedAt = performance.now();
    const asking = new AbortController();
    this.#asking = asking;
    const answer = (preview: ServerPreview) => {
      if (this.#asking !== asking) return;
      this.#asking = null;
      this.#tell(preview);
      this.#schedule();
    };
    previewFraming(request, asking.signal).then(
      (data) => answer({ asked, data }),
      (error: unknown) => answer({ asked, error }),
    );
  }
}
