interface LabelBox {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const SIDE = 128;

/** The places on the screen that are taken already, so that names do not lie over each other. */
export class LabelBoxes {
  #squares = new Map<number, LabelBox[]>();

  clear(): void {
    this.#squares.clear();
  }

  take(box: LabelBox): void {
    for (const key of squaresOf(box)) {
      const square = this.#squares.get(key);
      if (square) square.push(box);
      else this.#squares.set(key, [box]);
    }
  }

  isFree(box: LabelBox): boolean {
    for (const key of squaresOf(box))
      for (const { left, top, right, bottom } of this.#squares.get(key) ?? [])
        if (box.left < right && box.right > left && box.top < bottom && box.bottom > top) return false;
    return true;
  }
}

function* squaresOf({ left, top, right, bottom }: LabelBox): Generator<number> {
  for (let y = Math.floor(top / SIDE); y <= Math.floor(bottom / SIDE); y += 1)
    for (let x = Math.floor(left / SIDE); x <= Math.floor(right / SIDE); x += 1) yield y * 4096 + x;
}
