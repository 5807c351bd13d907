import sql, { raw, type Sql } from 'sql-template-tag';
import type { ImportLayer, RowError } from '#contract/imports';
import { sideTable, type Load } from './load.ts';

/** What is wrong with a row only when it is seen beside others, or beside the register. */
interface SetCheck {
  field: string;
  reason: string;
  zh: string;
  en: string;
  /** Selects `line` and `value` (text); `rows` is the side table. */
  find: (rows: Sql) => Sql;
}

/** Overlaps below this many square metres are rounding, not a mistake. */
const TOLERATED_SQUARE_METRES = 1;

const place = raw(`round(st_x(s.geom)::numeric, 7) || ',' || round(st_y(s.geom)::numeric, 7)`);

const duplicateCode = (column: string): SetCheck => ({
  field: column,
  reason: 'duplicate',
  zh: '文件中编码重复',
  en: 'the code occurs more than once in the file',
  find: (rows) => sql`
    select s.line, s.${raw(column)} as value
    from (
      select ${raw(column)} from ${rows} where ${raw(column)} is not null group by 1 having count(*) > 1
    ) d
    join ${rows} s on s.${raw(column)} = d.${raw(column)}`,
});

const wrongGeometry = (types: string, zh: string, en: string): SetCheck => ({
  field: 'geometry',
  reason: 'wrong-geometry',
  zh,
  en,
  find: (rows) => sql`
    select s.line, geometrytype(s.geom) as value
    from ${rows} s
    where geometrytype(s.geom) <> all(string_to_array(${types}, ',')) or st_isempty(s.geom)`,
});

const invalidPolygon: SetCheck = {
  field: 'geometry',
  reason: 'invalid-polygon',
  zh: '多边形无效（自相交等）',
  en: 'the polygon is not valid (it crosses itself, or the like)',
  find: (rows) => sql`
    select s.line, st_isvalidreason(s.geom) as value from ${rows} s where not st_isvalid(s.geom)`,
};

const outsideCells: SetCheck = {
  field: 'geometry',
  reason: 'outside-cells',
  zh: '位置不在任何单元网格内',
  en: 'the position lies in no cell',
  find: (rows) => sql`
    select s.line, ${place} as value from ${rows} s where s.cell_code is null`,
};

const unknownClass = (kind: Sql): SetCheck => ({
  field: 'class',
  reason: 'unknown-class',
  zh: '类别不存在',
  en: 'there is no such class',
  find: (rows) => sql`
    select s.line, s.class_id as value
    from ${rows} s
    where s.class_id is null or s.class_id not in (select k.id from classes k where ${kind})`,
});

const point = wrongGeometry('POINT', '需要点', 'a point is needed');

const CHECKS: Record<ImportLayer, SetCheck[]> = {
  divisions: [
    duplicateCode('code'),
    wrongGeometry('POLYGON,MULTIPOLYGON', '需要面', 'a polygon is needed'),
    invalidPolygon,
    {
      field: 'code',
      reason: 'code-required',
      zh: '需要 6、9 或 12 位编码',
      en: 'a code of 6, 9 or 12 digits is needed',
      find: (rows) => sql`
        select s.line, s.code as value
        from ${rows} s
        where s.code is null or s.code !~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$'`,
    },
    {
      field: 'parent_code',
      reason: 'unknown-parent',
      zh: '上级区划不存在',
      en: 'the division above it is neither here nor in the file',
      find: (rows) => sql`
        select s.line, p.parent as value
        from ${rows} s
        cross join lateral (
          select coalesce(s.parent_code, case length(s.code) when 9 then left(s.code, 6) when 12 then left(s.code, 9) end)
            as parent
        ) p
        where p.parent is not null
          and not exists (select from divisions d where d.code = p.parent)
          and not exists (select from ${rows} o where o.code = p.parent)`,
    },
  ],
  cells: [
    duplicateCode('code'),
    wrongGeometry('POLYGON', '需要单个面', 'a single polygon is needed'),
    invalidPolygon,
    {
      field: 'code',
      reason: 'code-required',
      zh: '需要 15 位编码',
      en: 'a code of 15 digits is needed',
      find: (rows) => sql`
        select s.line, s.code as value from ${rows} s where s.code is null or s.code !~ '^[0-9]{15}$'`,
    },
    {
      field: 'community_code',
      reason: 'wrong-community',
      zh: '编码与所属社区不一致',
      en: 'the code does not begin with that of its community',
      find: (rows) => sql`
        select s.line, s.community_code as value from ${rows} s where left(s.code, 12) <> s.community_code`,
    },
    {
      field: 'community_code',
      reason: 'unknown-community',
      zh: '社区不存在',
      en: 'there is no such community',
      find: (rows) => sql`
        select s.line, left(s.code, 12) as value
        from ${rows} s
        where not exists (
          select from divisions d
          where d.code = coalesce(s.community_code, left(s.code, 12)) and d.level = 'community'
        )`,
    },
    {
      field: 'geometry',
      reason: 'outside-community',
      zh: '超出所属社区',
      en: 'the cell reaches beyond its community',
      find: (rows) => sql`
        select s.line, round(st_area(st_difference(s.geom, d.geom)::geography)::numeric, 1) || ' m²' as value
        from ${rows} s
        join divisions d on d.code = coalesce(s.community_code, left(s.code, 12))
        where st_isvalid(s.geom) and not st_covers(d.geom, s.geom)
          and st_area(st_difference(s.geom, d.geom)::geography) > ${TOLERATED_SQUARE_METRES}`,
    },
    {
      field: 'geometry',
      reason: 'overlap',
      zh: '与其他单元网格重叠',
      en: 'the cell overlaps another',
      find: (rows) => sql`
        select s.line, o.code || ': ' ||
          round(st_area(st_intersection(s.geom, o.geom)::geography)::numeric, 1) || ' m²' as value
        from ${rows} s
        join (
          select code, geom from ${rows} where st_isvalid(geom)
          union all
          select c.code, c.geom
          from cells c
          where c.retired_at is null and not exists (select from ${rows} r where r.code = c.code)
        ) o on o.geom && s.geom and o.code <> s.code
        where st_isvalid(s.geom) and st_relate(s.geom, o.geom, '2********')
          and st_area(st_intersection(s.geom, o.geom)::geography) > ${TOLERATED_SQUARE_METRES}`,
    },
  ],
  // Codes that occur twice were found while the file was read, and the new table's key would refuse them.
  parts: [
    point,
    outsideCells,
    unknownClass(sql`k.kind = 'part'`),
    {
      field: 'source_key',
      reason: 'duplicate-key',
      zh: '文件中同类部件的来源编号重复',
      en: 'the key occurs more than once in its class',
      find: (rows) => sql`
        select s.line, s.source_key as value
        from (
          select source_key, class_id
          from ${rows}
          where code is null and source_key is not null
          group by 1, 2
          having count(*) > 1
        ) d
        join ${rows} s on s.source_key = d.source_key and s.class_id = d.class_id and s.code is null`,
    },
    {
      field: 'geometry',
      reason: 'duplicate-position',
      zh: '同类部件位置重复，且无编码可区分',
      en: 'another row of its class is at the same place, and no code tells them apart',
      find: (rows) => sql`
        select s.line, ${place} as value
        from (
          select geom, class_id
          from ${rows}
          where code is null and source_key is null
          group by 1, 2
          having count(*) > 1
        ) d
        join ${rows} s on s.geom = d.geom and s.class_id = d.class_id and s.code is null and s.source_key is null`,
    },
  ],
  buildings: [
    duplicateCode('code'),
    wrongGeometry('POLYGON', '需要单个面', 'a single polygon is needed'),
    invalidPolygon,
  ],
  roads: [duplicateCode('code'), wrongGeometry('LINESTRING', '需要单条线', 'a single line is needed')],
  cameras: [duplicateCode('id'), point, outsideCells],
  cases: [
    duplicateCode('number'),
    point,
    outsideCells,
    unknownClass(sql`exists (select from class_limits l where l.class_id = k.id)`),
    {
      field: 'unit_code',
      reason: 'unknown-unit',
      zh: '责任单位不存在',
      en: 'there is no such unit',
      find: (rows) => sql`
        select s.line, s.unit_code as value
        from ${rows} s
        where s.unit_code is not null and not exists (select from units u where u.code = s.unit_code)`,
    },
    {
      field: 'closed_at',
      reason: 'not-closed',
      zh: '只导入已结案的历史案件，需要结案时间',
      en: 'only closed cases of the past are imported: the time of closing is needed',
      find: (rows) => sql`
        select s.line, s.closed_at as value from ${rows} s where s.closed_at is null or s.received_at is null`,
    },
    {
      field: 'closed_at',
      reason: 'wrong-order',
      zh: '环节时间先后颠倒',
      en: 'the times are not in the order of the stages',
      find: (rows) => sql`
        select s.line, concat_ws(' > ', s.received_at, s.filed_at, s.dispatched_at, s.feedback_at, s.closed_at) as value
        from ${rows} s
        where not (
          s.received_at::timestamptz <= coalesce(s.filed_at, s.received_at)::timestamptz
          and coalesce(s.filed_at, s.received_at)::timestamptz
            <= coalesce(s.dispatched_at, s.filed_at, s.received_at)::timestamptz
          and coalesce(s.dispatched_at, s.filed_at, s.received_at)::timestamptz
            <= coalesce(s.feedback_at, s.closed_at)::timestamptz
          and coalesce(s.feedback_at, s.closed_at)::timestamptz <= s.closed_at::timestamptz
        )`,
    },
    {
      field: 'number',
      reason: 'number-taken',
      zh: '案件编号已被其他案件使用',
      en: 'the number belongs to another case',
      find: (rows) => sql`
        select s.line, s.number as value
        from ${rows} s
        join cases c on c.number = s.number
        where c.class_id <> s.class_id or c.closed_at is distinct from s.closed_at::timestamptz`,
    },
  ],
};

/** Row errors of the rows as a set, by line. */
export async function checkRows(load: Load): Promise<RowError[]> {
  const rows = sideTable(load, 'rows');
  const errors: RowError[] = [];
  if (load.layer === 'cells') await load.session.query(sql`create index on ${rows} using gist (geom)`);
  for (const { field, reason, zh, en, find } of CHECKS[load.layer]) {
    load.tools.signal.throwIfAborted();
    const found = await load.session.query<{ line: number; value: string | null }>(find(rows));
    for (const { line, value } of found.rows) {
      errors.push({
        line,
        field,
        reason,
        message: { zh, en },
        ...(value === null ? {} : { value: value.slice(0, 120) }),
      });
    }
  }
  return errors.sort((a, b) => a.line - b.line);
}

/** Takes rejected rows out of the side table. */
export async function removeRows(load: Load, lines: readonly number[]): Promise<void> {
  if (lines.length === 0) return;
  await load.session.query(sql`
    delete from ${sideTable(load, 'rows')} where line = any(${lines}::integer[])`);
}
