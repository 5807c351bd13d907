/** A moment: epoch milliseconds or a Date. The clock modules answer in epoch milliseconds. */
export type Instant = number | Date;

/** Epoch milliseconds of an instant. Throws a RangeError for an invalid Date or a number that is not finite. */
export function toEpochMs(instant: Instant): number {
  const epochMs = typeof instant === 'number' ? instant : instant.getTime();
  if (!Number.isFinite(epochMs)) throw new RangeError('not an instant');
  return epochMs;
}
