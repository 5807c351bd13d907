import type { PartState, Steward } from '#contract/parts';
import type { LonLat } from '#contract/shared';

/** A part as it is kept, ready to be changed. */
export interface PartRecord {
  code: string;
  classId: string;
  cellCode: string;
  position: LonLat;
  authority: Steward;
  owner: Steward | null;
  maintainer: Steward | null;
  maintenanceUntil: string | null;
  state: PartState;
  initialDate: string;
  changedDate: string | null;
  source: string | null;
  note: string | null;
  version: number;
}

/** A part before and after a change; without `before` it is new. */
export interface PartChange {
  before?: PartRecord;
  after: PartRecord;
}

/** What the history keeps of a part; the position as GeoJSON. */
export function describePart(part: PartRecord): Record<string, unknown> {
  return {
    class: part.classId,
    cell: part.cellCode,
    geometry: { type: 'Point', coordinates: [part.position.lon, part.position.lat] },
    state: part.state,
    authority: part.authority,
    owner: part.owner,
    maintainer: part.maintainer,
    maintenanceUntil: part.maintenanceUntil,
    source: part.source,
    note: part.note,
  };
}

/** The rooms of everybody who may see the part. */
export function roomsOfPart({ cellCode, authority, owner, maintainer }: PartRecord): string[] {
  const units = new Set([authority, owner, maintainer].flatMap((steward) => (steward ? [steward.code] : [])));
  return [
    `district:${cellCode.slice(0, 6)}`,
    `subdistrict:${cellCode.slice(0, 9)}`,
    `community:${cellCode.slice(0, 12)}`,
    ...[...units].map((code) => `unit:${code}`),
  ];
}

/** The wire form of the fields people may write, as a record keeps them. */
export type WritableFields = Pick<
  PartRecord,
  'state' | 'authority' | 'owner' | 'maintainer' | 'maintenanceUntil' | 'source' | 'note'
>;

/** Exactly the writable fields that are given: what is absent stays. */
export function givenFields(given: Partial<WritableFields>): Partial<WritableFields> {
  const { state, authority, owner, maintainer, maintenanceUntil, source, note } = given;
  const fields = { state, authority, owner, maintainer, maintenanceUntil, source, note };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
