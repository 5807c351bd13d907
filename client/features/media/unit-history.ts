import type { PictureMessage } from './live-connection.ts';

const keepMicros = 90 * 1_000_000;
const keepBytes = 64 * 1024 * 1024;

/** The coded pictures of the last minute and a half, in order, always beginning with a key frame. */
export class UnitHistory {
  private units: PictureMessage[] = [];
  private bytes = 0;

  push(unit: PictureMessage): void {
    if (this.units.length === 0 && !unit.keyframe) return;
    const last = this.units.at(-1);
    if (last && unit.atMicros <= last.atMicros) return;
    this.units.push(unit);
    this.bytes += unit.data.byteLength;
    if (unit.keyframe) this.trim(unit.atMicros);
  }

  /** Older pictures; what is known already is passed over. */
  prepend(older: readonly PictureMessage[]): void {
    const first = this.units[0]?.atMicros ?? Infinity;
    const fresh = older.filter((unit) => unit.atMicros < first);
    if (!fresh[0]?.keyframe) return;
    this.units = [...fresh, ...this.units];
    this.bytes += fresh.reduce((sum, unit) => sum + unit.data.byteLength, 0);
  }

  times(): number[] {
    return this.units.map((unit) => unit.atMicros);
  }

  firstMicros(): number | undefined {
    return this.units[0]?.atMicros;
  }

  /** The units that decode to the frame at that time, key frame first; without a time, to the newest. */
  groupThrough(atMicros = Infinity): PictureMessage[] {
    const end = this.units.findLastIndex((unit) => unit.atMicros <= atMicros);
    const start = this.units.findLastIndex((unit, index) => index <= end && unit.keyframe);
    return start < 0 ? [] : this.units.slice(start, end + 1);
  }

  clear(): void {
    this.units = [];
    this.bytes = 0;
  }

  private trim(newestMicros: number): void {
    for (;;) {
      const first = this.units[0];
      const next = this.units.findIndex((unit, index) => index > 0 && unit.keyframe);
      const nextMicros = this.units[next]?.atMicros;
      if (!first || nextMicros === undefined) return;
      if (newestMicros - nextMicros < keepMicros && this.bytes <= keepBytes) return;
      for (const unit of this.units.splice(0, next)) this.bytes -= unit.data.byteLength;
    }
  }
}
