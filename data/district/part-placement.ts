import type { StreetClass } from './streets.ts';

/**
 * How parts of a class stand along the streets. `every` is the distance in metres between two of them on one
 * side of a street of each class (0: none there); `left` their distance from the kerb, positive on the footway,
 * negative on the carriageway; `dense` the distance within sight of the cameras, where the map is complete.
 */
export interface Placement {
  class: string;
  every: Record<StreetClass, number>;
  left: number;
  dense: number;
  /** Would hide the street from a camera on the same side. */
  blocksView?: true;
}

const along = (
  classId: string,
  [main, secondary, lane]: readonly [number, number, number],
  left: number,
  dense: number,
): Placement => ({ class: classId, every: { main, secondary, lane }, left, dense });

const tall = (placement: Placement): Placement => ({ ...placement, blocksView: true });

/** Regular street furniture and covers. The distances are invented. */
export const PLACEMENTS: readonly Placement[] = [
  along('P01037', [75, 150, 385], 0.6, 34),
  tall(along('P04002', [55, 120, 480], 1.4, 11)),
  along('P04011', [295, 0, 0], 1.4, 66),
  along('P04004', [600, 0, 0], 1.4, 0),
  along('P01003', [170, 340, 830], -1.6, 55),
  along('P01004', [145, 320, 0], -0.45, 42),
  along('P01002', [210, 380, 895], -4.4, 70),
  along('P01001', [240, 460, 1055], 2.2, 80),
  along('P01005', [405, 760, 0], 2.9, 130),
  along('P01006', [460, 0, 0], 1.0, 0),
  along('P01007', [335, 640, 1920], 3.4, 110),
  along('P01009', [785, 0, 0], 3.3, 0),
  along('P01010', [730, 1400, 0], -6.5, 150),
  along('P01011', [670, 1280, 2880], -5.2, 160),
  along('P01008', [1260, 0, 0], 3.2, 0),
  along('P01012', [1960, 0, 0], 2.6, 0),
  along('P01013', [320, 600, 1345], 0.8, 120),
  along('P03005', [180, 380, 960], 0.9, 65),
  along('P01027', [590, 1120, 0], 4.9, 180),
  along('P01028', [980, 1800, 0], 4.9, 0),
  along('P01030', [0, 840, 830], 1.0, 0),
  along('P01050', [590, 1800, 0], 0.7, 0),
  along('P01060', [1540, 0, 0], 4.8, 0),
  along('P02010', [265, 600, 0], 0.5, 90),
  along('P02017', [460, 0, 0], -0.3, 0),
  along('P02021', [420, 0, 0], 0.4, 95),
  along('P02025', [730, 1600, 0], 3.6, 170),
  tall(along('P02004', [785, 1800, 0], 1.2, 0)),
  along('P04007', [460, 1240, 0], 4.3, 80),
  along('P04005', [590, 0, 0], 3.8, 150),
  tall(along('P03006', [980, 2600, 0], 4.6, 0)),
  tall(along('P03008', [1260, 2600, 0], 4.8, 0)),
  along('P02038', [420, 660, 830], 5.4, 110),
  along('P03007', [365, 760, 0], 5.6, 90),
  along('P01054', [2100, 3600, 0], 1.1, 0),
];

/** At every crossing of main and secondary streets, once per corner. */
export const CROSSING_CLASSES: readonly { class: string; left: number; back: number; share: number }[] = [
  { class: 'P02014', left: 0.8, back: 9, share: 1 },
  { class: 'P02012', left: 1.6, back: 12, share: 0.8 },
  { class: 'P02015', left: 3.9, back: 13, share: 0.3 },
  { class: 'P01015', left: 2.4, back: 11, share: 0.3 },
  { class: 'P02020', left: 0.4, back: 8, share: 0.7 },
  { class: 'P02034', left: 0.5, back: 10, share: 0.5 },
];

/** Every other class of the dictionary is there too: this many parts each, spread over the larger streets. */
export const RARE_COUNT = 6;
/** Left of the kerb for those, on the footway. */
export const RARE_LEFT = 3;
