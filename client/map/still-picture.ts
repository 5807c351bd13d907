import type { Frame } from './layers/present-layer.ts';

/**
 * What is painted the same again and again while the camera rests: kept as one picture. The first time it is painted
 * straight, since a camera that moves needs every picture only once; the second time it is kept, and from then on shown.
 */
export class StillPicture {
  #canvas: HTMLCanvasElement | null = null;
  #times = 0;
  #ratio = 1;

  /** What was painted is not what would be painted now. */
  forget(): void {
    this.#times = 0;
  }

  paint({ context, projector }: Frame, paint: (context: CanvasRenderingContext2D) => void): void {
    const { width, height } = context.canvas;
    const ratio = width / projector.width;
    const canvas = this.#canvas;
    const kept = this.#times >= 2 && canvas?.width === width && canvas.height === height;
    if (kept && this.#ratio === ratio) return this.#show(context, projector);
    this.#times += 1;
    if (this.#times < 2) return paint(context);
    this.#canvas ??= document.createElement('canvas');
    // Setting the size clears it.
    Object.assign(this.#canvas, { width, height });
    this.#ratio = ratio;
    const own = this.#canvas.getContext('2d');
    if (!own) return paint(context);
    own.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(own);
    this.#times = 2;
    this.#show(context, projector);
  }

  #show(context: CanvasRenderingContext2D, { width, height }: Frame['projector']): void {
    if (this.#canvas) context.drawImage(this.#canvas, 0, 0, width, height);
  }
}
