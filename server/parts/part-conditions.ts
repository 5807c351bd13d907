import sql, { empty, type Sql } from 'sql-template-tag';
import type { PartFilter } from '#contract/parts';
import { containsPattern, parseBounds, startsPattern, withinBounds } from '../grid/list-query.ts';
import { insideDivision } from './part-scope.ts';

/** `and …` for every filter that is set, over `parts p`. @throws INVALID_INPUT for an extent that is none */
export function partConditions(filter: PartFilter): Sql {
  const { bbox, q, class: classId, cell, division, state, owner, maintainer } = filter;
  return sql`
    ${classId === undefined ? empty : sql`and p.class_id = ${classId}`}
    ${cell === undefined ? empty : sql`and p.cell_code = ${cell}`}
    ${division === undefined ? empty : sql`and ${insideDivision(division, 'p')}`}
    ${state === undefined ? empty : stateIs(state)}
    ${owner === undefined ? empty : sql`and p.owner_code = ${owner}`}
    ${maintainer === undefined ? empty : sql`and p.maintainer_code = ${maintainer}`}
    ${q === undefined ? empty : matches(q)}
    ${bbox === undefined ? empty : withinBounds(sql`p.geom`, parseBounds(bbox))}`;
}

/** The index of states leaves the intact out, and is used only where the statement says so. */
function stateIs(state: string): Sql {
  return state === 'intact'
    ? sql`and p.state = 'intact'`
    : sql`and p.state = ${state} and p.state <> 'intact'`;
}

/** Digits begin a code; anything else is in the name of the class, the owner or the maintainer. */
function matches(q: string): Sql {
  if (/^[0-9]{6,17}$/.test(q)) {
    return sql`and p.code >= ${q} and p.code <= ${q.padEnd(17, '9')}`;
  }
  const text = containsPattern(q);
  return sql`and (p.code like ${startsPattern(q)} or p.owner_name like ${text} or p.maintainer_name like ${text}
    or p.class_id in (select k.id from classes k where k.name_zh like ${text} or k.name_en ilike ${text}))`;
}
