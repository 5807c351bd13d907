import type { Role } from '#contract/access';

export const stations = [
  'operator',
  'desk',
  'supervision',
  'map',
  'area',
  'unit',
  'checks',
  'evaluation',
  'admin',
  'wall',
] as const;
export type Station = (typeof stations)[number];

/** The stations a role works at, its own first. */
const stationsByRole: Record<Role, readonly [Station, ...Station[]]> = {
  administrator: ['desk', 'supervision', 'operator', 'map', 'area', 'evaluation', 'admin', 'wall'],
  operator: ['operator', 'desk', 'map', 'wall'],
  'intake-clerk': ['desk', 'operator', 'map', 'wall'],
  dispatcher: ['desk', 'operator', 'map', 'wall'],
  supervisor: ['supervision', 'desk', 'map', 'area', 'evaluation', 'wall'],
  evaluator: ['evaluation', 'desk', 'map', 'wall'],
  hotline: ['desk', 'map', 'wall'],
  'unit-clerk': ['unit', 'evaluation'],
  collector: ['checks'],
  'area-head': ['area', 'evaluation', 'map', 'wall'],
  wall: ['wall'],
};

export function stationsOfRole(role: Role): readonly [Station, ...Station[]] {
  return stationsByRole[role];
}
