/** A point of a plane; which plane and unit the caller knows. */
export interface XY {
  x: number;
  y: number;
}

/** Part of a polygon (open ring) where `a x + b y + c ≥ 0`: Sutherland and Hodgman's clip by one line. */
export function clipByLine(ring: readonly XY[], a: number, b: number, c: number): XY[] {
  const result: XY[] = [];
  ring.forEach((p, i) => {
    const q = ring[(i + 1) % ring.length] ?? p;
    const dp = a * p.x + b * p.y + c;
    const dq = a * q.x + b * q.y + c;
    if (dp >= 0) result.push(p);
    if (dp >= 0 !== dq >= 0) {
      const t = dp / (dp - dq);
      result.push({ x: p.x + (q.x - p.x) * t, y: p.y + (q.y - p.y) * t });
    }
  });
  return result;
}

/** Part of a polygon inside the regular polygon inscribed in a circle around the origin. */
export function clipByCircle(ring: readonly XY[], radius: number, sides: number): XY[] {
  const apothem = radius * Math.cos(Math.PI / sides);
  let result = [...ring];
  for (let side = 0; side < sides && result.length > 0; side += 1) {
    const angle = (2 * Math.PI * (side + 0.5)) / sides;
    result = clipByLine(result, -Math.cos(angle), -Math.sin(angle), apothem);
  }
  return result;
}

/** Twice the signed area, positive anticlockwise. */
export function doubleArea(ring: readonly XY[]): number {
  return ring.reduce((sum, p, i) => {
    const q = ring[(i + 1) % ring.length] ?? p;
    return sum + p.x * q.y - q.x * p.y;
  }, 0);
}

export function containsPoint(ring: readonly XY[], point: XY): boolean {
  let inside = false;
  ring.forEach((p, i) => {
    const q = ring[(i + 1) % ring.length] ?? p;
    if (p.y > point.y !== q.y > point.y && point.x < p.x + ((point.y - p.y) / (q.y - p.y)) * (q.x - p.x)) {
      inside = !inside;
    }
  });
  return inside;
}
