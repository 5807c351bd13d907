import type { Role } from '#contract/access';

export const stations = ['operator', 'desk', 'area', 'unit', 'checks', 'admin', 'wall'] as const;
export type Station = (typeof stations)[number];

/** The stations a role works at, its own first. */
const stationsByRole: Record<Role, readonly [Station, ...Station[]]> = {
  administrator: ['desk', 'operator', 'area', 'admin', 'wall'],
  operator: ['operator', 'desk', 'wall'],
  'intake-clerk': ['desk', 'operator', 'wall'],
  dispatcher: ['desk', 'operator', 'wall'],
  supervisor: ['desk', 'area', 'wall'],
  evaluator: ['desk', 'wall'],
  hotline: ['desk', 'wall'],
  'unit-clerk': ['unit'],
  collector: ['checks'],
  'area-head': ['area', 'wall'],
  wall: ['wall'],
};

export function stationsOfRole(role: Role): readonly [Station, ...Station[]] {
  return stationsByRole[role];
}
