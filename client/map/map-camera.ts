/** Where the map is looked at from: the point of the ground in the middle of the screen, and how. */
export interface MapCamera {
  lon: number;
  lat: number;
  /** From the eye to that point. */
  rangeMetres: number;
  /** Clockwise from north. */
  headingDegrees: number;
  /** Negative downwards; -90 is from straight above. */
  pitchDegrees: number;
}
