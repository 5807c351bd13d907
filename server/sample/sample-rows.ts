import { Type } from 'typebox';
import { CameraPose } from '#contract/cameras';
import { LonLat } from '#contract/shared';

/** The files of the sample, as `data/README.md` describes them. */
const text = Type.String();
const optional = Type.Optional(Type.String());

export const DivisionProperties = Type.Object({
  code: text,
  parentCode: Type.Optional(Type.Union([text, Type.Null()])),
  level: text,
  nameZh: text,
  nameEn: optional,
  edition: Type.Integer(),
});

export const CellProperties = Type.Object({ code: text, community: text, areaSquareMetres: Type.Number() });

export const RoadProperties = Type.Object({
  code: text,
  nameZh: text,
  nameEn: text,
  class: text,
  carriagewayMetres: Type.Number(),
  footwayMetres: Type.Number(),
});

export const SurfaceProperties = Type.Object({ kind: text, road: text });

export const BuildingProperties = Type.Object({
  code: text,
  heightMetres: Type.Number(),
  nameZh: optional,
  kind: text,
});

export const PartProperties = Type.Object({
  code: text,
  class: text,
  cell: text,
  ownerCode: optional,
  ownerName: optional,
  maintainerCode: optional,
  maintainerName: optional,
  authorityCode: text,
  authorityName: text,
  maintenanceUntil: optional,
  state: text,
  initialDate: text,
  changedDate: optional,
  source: optional,
  note: optional,
});

export const UnitRow = Type.Object({
  code: text,
  name_zh: text,
  name_en: text,
  kind: text,
  is_command: Type.Boolean(),
  phone: text,
  leader: text,
  acceptance_clerk: text,
  subdistrict: optional,
  basis: text,
});

export const ClassRow = Type.Object({
  id: text,
  standard: text,
  edition: Type.Integer(),
  kind: text,
  major_code: text,
  major_zh: text,
  major_en: text,
  minor_code: text,
  minor_zh: text,
  minor_en: text,
  stance: text,
  pinyin: text,
  basis: text,
});

export const LimitRow = Type.Object({
  id: Type.Integer(),
  class: text,
  condition_zh: text,
  condition_en: text,
  place: optional,
  amount: Type.Number(),
  unit: text,
  closing_condition_zh: text,
  closing_condition_en: text,
  urgent: Type.Boolean(),
  special: Type.Boolean(),
  is_default: Type.Boolean(),
  basis: text,
});

export const DutyRow = Type.Object({
  id: Type.Integer(),
  unit_code: text,
  kind: text,
  class: optional,
  mode: optional,
  area: optional,
  owner_condition: optional,
  place: optional,
  channel: optional,
  priority: Type.Integer(),
  role: text,
  from: text,
  to: optional,
  basis: text,
  quote: optional,
});

export const CameraEntries = Type.Array(
  Type.Object({
    id: text,
    nameZh: text,
    nameEn: text,
    clip: text,
    position: LonLat,
    pose: CameraPose,
    horizontalFovDegrees: Type.Number(),
    k1: Type.Number(),
    k2: Type.Number(),
    width: Type.Integer(),
    height: Type.Integer(),
    rangeMetres: Type.Number(),
  }),
);

export const CalibrationPairs = Type.Object({
  pairs: Type.Array(
    Type.Object({ u: Type.Number(), v: Type.Number(), lon: Type.Number(), lat: Type.Number() }),
  ),
});
