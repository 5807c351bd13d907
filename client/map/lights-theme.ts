/** What the cells are coloured by. */
export const lightsThemes = ['none', 'lights-open', 'lights-overdue', 'lights-score'] as const;
export type LightsTheme = (typeof lightsThemes)[number];
/** As colours on the ground, or as columns that stand on it. */
export type LightsForm = 'flat' | 'columns';
