import sql, { empty, type Sql } from 'sql-template-tag';
import { Type, type Static } from 'typebox';
import type { Scope } from '#contract/access';
import type { CaseFilter } from '../cases/service.ts';
import type { PartFilter } from '#contract/parts';
import type { Names } from '#contract/shared';
import { areaScope, caseScope } from '../access/scope.ts';
import { caseConditions } from '../cases/service.ts';
import { containsPattern, parseBounds, startsPattern, withinBounds } from '../grid/list-query.ts';
import { partConditions } from '../parts/part-conditions.ts';
import { partScope } from '../parts/part-scope.ts';

/** What is handed out as features and as tables. */
export const LayerId = Type.Union([
  Type.Literal('divisions'),
  Type.Literal('cells'),
  Type.Literal('parts'),
  Type.Literal('buildings'),
  Type.Literal('roads'),
  Type.Literal('cameras'),
  Type.Literal('cases'),
  Type.Literal('units'),
]);
export type LayerId = Static<typeof LayerId>;

export type ValueType = 'string' | 'integer' | 'number' | 'boolean' | 'date' | 'date-time';

/** One property of a feature, one column of a table. */
export interface Property {
  name: string;
  label: Names;
  type: ValueType;
  value: Sql;
}

/** The filters of the layer's list, as texts of an address. */
export type LayerFilter = PartFilter &
  Pick<CaseFilter, 'stage' | 'light' | 'unit' | 'subdistrict' | 'community' | 'open'> & {
    level?: string;
    parent?: string;
    kind?: string;
  };

export interface FeatureLayer {
  id: LayerId;
  title: Names;
  /** Tables with their aliases. */
  from: Sql;
  /** Names a feature, and orders them. */
  key: { name: string; value: Sql; cast: Sql; isPossible: (text: string) => boolean };
  geometry?: { value: Sql; type: 'Point' | 'LineString' | 'Polygon' | 'MultiPolygon' };
  properties: Property[];
  /** From when to when a feature is there; a null end is still there. */
  time?: { start: Sql; end: Sql };
  visible: (scope: Scope) => Sql;
  /** Filters this layer takes. */
  filters: readonly (keyof LayerFilter)[];
  /** `and …` for each filter that is set. */
  conditions: (filter: LayerFilter, now: Date) => Sql;
}

const text = (name: string, zh: string, en: string, value: Sql): Property =>
  property(name, zh, en, 'string', value);

function property(name: string, zh: string, en: string, type: ValueType, value: Sql): Property {
  return { name, label: { zh, en }, type, value };
}

/** A name in both languages. */
function names(name: string, zh: string, en: string, column: (language: 'zh' | 'en') => Sql): Property[] {
  return [
    text(name, zh, en, column('zh')),
    text(`${name}En`, `${zh}（英文）`, `${en} (English)`, column('en')),
  ];
}

const everybody = () => sql`true`;
const MOST_KEY_LETTERS = 80;
const textKey = (name: string, value: Sql) => ({
  name,
  value,
  cast: sql`::text`,
  isPossible: (given: string) => given.length <= MOST_KEY_LETTERS,
});
const inBox = (column: Sql, bbox: string | undefined) =>
  withinBounds(column, bbox === undefined ? undefined : parseBounds(bbox));

const divisions: FeatureLayer = {
  id: 'divisions',
  title: { zh: '区划', en: 'Divisions' },
  from: sql`divisions d`,
  key: textKey('code', sql`d.code`),
  geometry: { value: sql`d.geom`, type: 'MultiPolygon' },
  properties: [
    text('code', '区划代码', 'Code', sql`d.code`),
    text('parentCode', '上级区划代码', 'Parent code', sql`d.parent_code`),
    text('level', '级别', 'Level', sql`d.level`),
    ...names('name', '名称', 'Name', (l) => (l === 'zh' ? sql`d.name_zh` : sql`d.name_en`)),
    property('edition', '版次', 'Edition', 'integer', sql`d.edition`),
  ],
  visible: everybody,
  filters: ['bbox', 'q', 'level', 'parent'],
  conditions: ({ bbox, q, level, parent }) => sql`
    ${level === undefined ? empty : sql`and d.level = ${level}`}
    ${parent === undefined ? empty : sql`and d.parent_code = ${parent}`}
    ${q === undefined ? empty : sql`and (d.code like ${startsPattern(q)} or d.name_zh like ${containsPattern(q)} or d.name_en ilike ${containsPattern(q)})`}
    ${inBox(sql`d.geom`, bbox)}`,
};

const cells: FeatureLayer = {
  id: 'cells',
  title: { zh: '单元网格', en: 'Unit grid cells' },
  from: sql`cells c join divisions d on d.code = c.community_code`,
  key: textKey('code', sql`c.code`),
  geometry: { value: sql`c.geom`, type: 'Polygon' },
  properties: [
    text('code', '网格编码', 'Code', sql`c.code`),
    text('communityCode', '社区代码', 'Community code', sql`c.community_code`),
    ...names('communityName', '社区', 'Community', (l) => (l === 'zh' ? sql`d.name_zh` : sql`d.name_en`)),
    property('areaSquareMetres', '面积（平方米）', 'Area (m²)', 'number', sql`c.area_square_metres`),
    property('version', '版本', 'Version', 'integer', sql`c.version`),
  ],
  visible: () => sql`c.retired_at is null`,
  filters: ['bbox', 'q', 'community', 'division'],
  conditions: ({ bbox, q, community, division }) => sql`
    ${community === undefined ? empty : sql`and c.community_code = ${community}`}
    ${division === undefined ? empty : sql`and starts_with(c.code, ${division})`}
    ${q === undefined ? empty : sql`and c.code like ${startsPattern(q)}`}
    ${inBox(sql`c.geom`, bbox)}`,
};

const parts: FeatureLayer = {
  id: 'parts',
  title: { zh: '部件', en: 'Parts' },
  from: sql`parts p join classes k on k.id = p.class_id`,
  key: textKey('code', sql`p.code`),
  geometry: { value: sql`p.geom`, type: 'Point' },
  properties: [
    text('code', '部件标识码', 'Code', sql`p.code`),
    text('class', '类别', 'Class', sql`p.class_id`),
    ...names('className', '类别名称', 'Class name', (l) => (l === 'zh' ? sql`k.name_zh` : sql`k.name_en`)),
    text('cell', '所在网格', 'Cell', sql`p.cell_code`),
    text('state', '状态', 'State', sql`p.state`),
    text('authorityCode', '主管部门代码', 'Authority code', sql`p.authority_code`),
    text('authorityName', '主管部门', 'Authority', sql`p.authority_name`),
    text('ownerCode', '权属单位代码', 'Owner code', sql`p.owner_code`),
    text('ownerName', '权属单位', 'Owner', sql`p.owner_name`),
    text('maintainerCode', '养护单位代码', 'Maintainer code', sql`p.maintainer_code`),
    text('maintainerName', '养护单位', 'Maintainer', sql`p.maintainer_name`),
    property('maintenanceUntil', '养护期至', 'Maintained until', 'date', sql`p.maintenance_until`),
    property('initialDate', '初始日期', 'Initial date', 'date', sql`p.initial_date`),
    property('changedDate', '变更日期', 'Changed date', 'date', sql`p.changed_date`),
    text('source', '数据来源', 'Source', sql`p.source`),
    text('note', '备注', 'Note', sql`p.note`),
    property('version', '版本', 'Version', 'integer', sql`p.version`),
  ],
  time: {
    start: sql`p.initial_date::timestamptz`,
    end: sql`case when p.state = 'removed' then p.changed_date::timestamptz end`,
  },
  visible: (scope) => partScope(scope, 'p'),
  filters: ['bbox', 'q', 'class', 'cell', 'division', 'state', 'owner', 'maintainer'],
  conditions: (filter) => partConditions(filter),
};

const buildings: FeatureLayer = {
  id: 'buildings',
  title: { zh: '建筑物', en: 'Buildings' },
  from: sql`buildings b`,
  key: textKey('code', sql`b.code`),
  geometry: { value: sql`b.geom`, type: 'Polygon' },
  properties: [
    text('code', '编码', 'Code', sql`b.code`),
    text('name', '名称', 'Name', sql`b.name_zh`),
    text('kind', '用途', 'Kind', sql`b.kind`),
    property('heightMetres', '高度（米）', 'Height (m)', 'number', sql`b.height_metres`),
  ],
  visible: everybody,
  filters: ['bbox', 'q', 'kind'],
  conditions: ({ bbox, q, kind }) => sql`
    ${kind === undefined ? empty : sql`and b.kind = ${kind}`}
    ${q === undefined ? empty : sql`and (b.code like ${startsPattern(q)} or b.name_zh like ${containsPattern(q)})`}
    ${inBox(sql`b.geom`, bbox)}`,
};

const roads: FeatureLayer = {
  id: 'roads',
  title: { zh: '道路', en: 'Roads' },
  from: sql`roads r`,
  key: textKey('code', sql`r.code`),
  geometry: { value: sql`r.geom`, type: 'LineString' },
  properties: [
    text('code', '编码', 'Code', sql`r.code`),
    ...names('name', '名称', 'Name', (l) => (l === 'zh' ? sql`r.name_zh` : sql`r.name_en`)),
    text('class', '等级', 'Class', sql`r.class`),
    property('carriagewayMetres', '车行道宽（米）', 'Carriageway (m)', 'number', sql`r.carriageway_metres`),
    property('footwayMetres', '人行道宽（米）', 'Footway (m)', 'number', sql`r.footway_metres`),
  ],
  visible: everybody,
  filters: ['bbox', 'q', 'class'],
  conditions: ({ bbox, q, class: classId }) => sql`
    ${classId === undefined ? empty : sql`and r.class = ${classId}`}
    ${q === undefined ? empty : sql`and (r.code like ${startsPattern(q)} or r.name_zh like ${containsPattern(q)} or r.name_en ilike ${containsPattern(q)})`}
    ${inBox(sql`r.geom`, bbox)}`,
};

const cameras: FeatureLayer = {
  id: 'cameras',
  title: { zh: '摄像机', en: 'Cameras' },
  from: sql`cameras m`,
  key: textKey('id', sql`m.id`),
  geometry: { value: sql`m.geom`, type: 'Point' },
  properties: [
    text('id', '编号', 'Id', sql`m.id`),
    ...names('name', '名称', 'Name', (l) => (l === 'zh' ? sql`m.name_zh` : sql`m.name_en`)),
    text('subdistrictCode', '街道代码', 'Subdistrict code', sql`m.subdistrict_code`),
    text('communityCode', '社区代码', 'Community code', sql`m.community_code`),
    property('width', '画面宽', 'Width', 'integer', sql`m.width`),
    property('height', '画面高', 'Height', 'integer', sql`m.height`),
    property('rangeMetres', '可视距离（米）', 'Range (m)', 'number', sql`m.range_metres`),
    property('calibrationVersion', '标定版本', 'Calibration version', 'integer', sql`m.calibration_version`),
  ],
  visible: (scope) => areaScope(scope, 'm'),
  filters: ['bbox', 'q', 'subdistrict', 'community'],
  conditions: ({ bbox, q, subdistrict, community }) => sql`
    ${subdistrict === undefined ? empty : sql`and m.subdistrict_code = ${subdistrict}`}
    ${community === undefined ? empty : sql`and m.community_code = ${community}`}
    ${q === undefined ? empty : sql`and (m.id like ${startsPattern(q)} or m.name_zh like ${containsPattern(q)} or m.name_en ilike ${containsPattern(q)})`}
    ${inBox(sql`m.geom`, bbox)}`,
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const cases: FeatureLayer = {
  id: 'cases',
  title: { zh: '案件', en: 'Cases' },
  from: sql`cases c join classes k on k.id = c.class_id left join units u on u.code = c.unit_code`,
  key: { name: 'id', value: sql`c.id`, cast: sql`::uuid`, isPossible: (given) => UUID.test(given) },
  geometry: { value: sql`c.geom`, type: 'Point' },
  properties: [
    text('id', '案件标识', 'Id', sql`c.id::text`),
    text('number', '案件号', 'Number', sql`c.number`),
    text('kind', '部件或事件', 'Kind', sql`c.kind`),
    text('class', '类别', 'Class', sql`c.class_id`),
    ...names('className', '类别名称', 'Class name', (l) => (l === 'zh' ? sql`k.name_zh` : sql`k.name_en`)),
    text('stage', '环节', 'Stage', sql`c.stage`),
    text('channel', '来源', 'Channel', sql`c.channel`),
    text('subdistrictCode', '街道代码', 'Subdistrict code', sql`c.subdistrict_code`),
    text('communityCode', '社区代码', 'Community code', sql`c.community_code`),
    text('cell', '所在网格', 'Cell', sql`c.cell_code`),
    text('part', '部件', 'Part', sql`c.part_code`),
    text('unitCode', '责任单位代码', 'Unit code', sql`c.unit_code`),
    ...names('unitName', '责任单位', 'Unit', (l) => (l === 'zh' ? sql`u.name_zh` : sql`u.name_en`)),
    property('urgent', '紧急', 'Urgent', 'boolean', sql`c.urgent`),
    property('special', '特殊', 'Special', 'boolean', sql`c.special`),
    property('reportCount', '上报次数', 'Reports', 'integer', sql`c.report_count`),
    property('accuracyMetres', '定位精度（米）', 'Accuracy (m)', 'number', sql`c.accuracy_metres`),
    property('receivedAt', '受理时间', 'Received', 'date-time', sql`c.received_at`),
    property('filedAt', '立案时间', 'Filed', 'date-time', sql`c.filed_at`),
    property('dueAt', '环节到期时间', 'Stage due', 'date-time', sql`c.due_at`),
    property('wholeDueAt', '案件到期时间', 'Case due', 'date-time', sql`c.whole_due_at`),
    property('closedAt', '结案时间', 'Closed', 'date-time', sql`c.closed_at`),
    text('note', '问题描述', 'Note', sql`c.note`),
  ],
  time: { start: sql`c.received_at`, end: sql`c.closed_at` },
  visible: (scope) => caseScope(scope, 'c'),
  filters: ['bbox', 'q', 'stage', 'light', 'unit', 'subdistrict', 'community', 'cell', 'class', 'open'],
  conditions: ({ bbox, ...filter }, now) => sql`${caseConditions(filter, now)} ${inBox(sql`c.geom`, bbox)}`,
};

const units: FeatureLayer = {
  id: 'units',
  title: { zh: '责任单位', en: 'Units' },
  from: sql`units u`,
  key: textKey('code', sql`u.code`),
  properties: [
    text('code', '单位代码', 'Code', sql`u.code`),
    ...names('name', '名称', 'Name', (l) => (l === 'zh' ? sql`u.name_zh` : sql`u.name_en`)),
    text('kind', '类型', 'Kind', sql`u.kind`),
    property('isCommand', '指挥机构', 'Command', 'boolean', sql`u.is_command`),
    text('phone', '电话', 'Phone', sql`u.phone`),
    text('leader', '负责人', 'Leader', sql`u.leader`),
    text('acceptanceClerk', '受理员', 'Acceptance clerk', sql`u.acceptance_clerk`),
    text('subdistrictCode', '街道代码', 'Subdistrict code', sql`u.subdistrict_code`),
    property('closedAt', '停用日期', 'Closed', 'date', sql`u.closed_at`),
  ],
  visible: everybody,
  filters: ['q', 'kind'],
  conditions: ({ q, kind }) => sql`
    ${kind === undefined ? empty : sql`and u.kind = ${kind}`}
    ${q === undefined ? empty : sql`and (u.code like ${startsPattern(q)} or u.name_zh like ${containsPattern(q)} or u.name_en ilike ${containsPattern(q)})`}`,
};

export const featureLayers: Readonly<Record<LayerId, FeatureLayer>> = {
  divisions,
  cells,
  parts,
  buildings,
  roads,
  cameras,
  cases,
  units,
};
