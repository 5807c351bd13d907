/** Who stands behind a part: codes of data/units.csv. */
export interface Stewardship {
  owner: string;
  maintainer: string;
  authority: string;
}

const to = (owner: string, authority: string, maintainer = owner): Stewardship => ({
  owner,
  maintainer,
  authority,
});

/** Ranges of minor codes within a major class; the first that fits is taken. Invented, after the duties. */
const RULES: Record<string, readonly [from: number, until: number, stewardship: Stewardship][]> = {
  '01': [
    [1, 1, to('water', 'water')],
    [2, 2, to('water', 'water')],
    [3, 4, to('planning', 'planning')],
    [5, 5, to('power', 'power')],
    [6, 6, to('power', 'power')],
    [8, 8, to('broadcast', 'broadcast')],
    [10, 10, to('heating', 'planning')],
    [11, 11, to('gas', 'planning')],
    [12, 12, to('police', 'police')],
    [13, 13, to('fire', 'fire', 'water')],
    [14, 14, to('landscaping', 'planning')],
    [15, 15, to('police', 'police')],
    [17, 17, to('power', 'power')],
    [18, 18, to('sanitation', 'enforcement')],
    [19, 19, to('water', 'water')],
    [20, 20, to('transit', 'transport')],
    [21, 21, to('gas', 'planning')],
    [22, 23, to('roads', 'planning')],
    [24, 24, to('planning', 'planning')],
    [25, 25, to('water', 'water')],
    [26, 26, to('roads', 'planning')],
    [28, 30, to('power', 'power')],
    [32, 32, to('transit', 'transport')],
    [33, 36, to('roads', 'planning')],
    [37, 39, to('power', 'power')],
    [40, 40, to('post', 'post')],
    [42, 43, to('post', 'post')],
    [44, 46, to('enforcement', 'enforcement')],
    [47, 48, to('power', 'power')],
    [49, 49, to('gas', 'planning')],
    [50, 51, to('police', 'police')],
    [54, 54, to('power', 'power')],
    [56, 56, to('water', 'water')],
    [57, 57, to('gas', 'planning')],
    [59, 59, to('civil-affairs', 'civil-affairs')],
    [60, 60, to('power', 'power')],
    [61, 61, to('heating', 'planning')],
    [63, 63, to('water', 'water')],
    [66, 66, to('police', 'police')],
    [67, 73, to('water', 'water')],
    [77, 77, to('roads', 'planning')],
    [1, 99, to('roads', 'enforcement')],
  ],
  '02': [
    [1, 3, to('police', 'police')],
    [4, 4, to('transit', 'transport')],
    [5, 5, to('police', 'police')],
    [6, 9, to('planning', 'planning', 'roads')],
    [10, 11, to('police', 'police')],
    [12, 13, to('civil-affairs', 'civil-affairs')],
    [14, 18, to('police', 'police')],
    [19, 23, to('police', 'police', 'roads')],
    [28, 29, to('transport', 'transport')],
    [30, 30, to('water', 'water')],
    [31, 32, to('transport', 'transport')],
    [33, 33, to('police', 'police')],
    [35, 38, to('civil-affairs', 'civil-affairs')],
    [39, 39, to('police', 'police')],
    [42, 44, to('transport', 'transport', 'roads')],
    [1, 99, to('roads', 'enforcement')],
  ],
  '03': [
    [6, 8, to('enforcement', 'enforcement')],
    [9, 13, to('environment', 'environment')],
    [1, 99, to('sanitation', 'enforcement')],
  ],
  '04': [[1, 99, to('landscaping', 'planning')]],
  '05': [[1, 99, to('planning', 'planning')]],
};

/** Carriers share the telecom classes: each part of these belongs to one of the three. */
export const TELECOM_CLASSES: readonly string[] = [
  'P01007',
  'P01009',
  'P01027',
  'P01031',
  'P01041',
  'P01062',
];
export const CARRIERS = ['telecom', 'mobile', 'unicom'] as const;

export function stewardshipOf(classId: string): Stewardship {
  const minor = Number(classId.slice(3));
  const rule = RULES[classId.slice(1, 3)]?.find(([from, until]) => from <= minor && minor <= until);
  if (!rule) throw new Error(`nobody stands behind ${classId}`);
  return rule[2];
}
