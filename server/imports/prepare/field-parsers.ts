import type { ImportLayer } from '#contract/imports';
import type { ImportFacts } from '../prepared-rows.ts';
import { makeClassFinder, type ClassFinder } from './find-class.ts';
import {
  parseChoice,
  parseCode,
  parseDate,
  parseInstant,
  parseInteger,
  parseMetres,
  parseText,
  type Parsed,
} from './parse-value.ts';
import { Problem } from './problem.ts';
import { normaliseName } from './suggest-mapping.ts';
import { buildingKinds, caseChannels, divisionLevels, partStates, roadClasses } from './target-fields.ts';

export type Parser = (value: string) => Parsed;

const HIGHEST_BUILDING_METRES = 1_200;
const divisionCode = parseCode(/^(\d{6}|\d{9}|\d{12})$/, ' 6、9 或 12 位数字', '6, 9 or 12 digits');
const cellCode = parseCode(/^\d{15}$/, ' 15 位数字', '15 digits');
const partCode = parseCode(/^\d{16,17}$/, ' 16 或 17 位数字', '16 or 17 digits');

/** How the text of each field becomes a value; fields that are not here are text. */
export function fieldParsers(
  layer: ImportLayer,
  facts: ImportFacts,
  classes: ClassFinder,
  leaveOut: (field: string, value: string) => void,
): Record<string, Parser> {
  const shared: Record<string, Parser> = { source_key: parseText(200), note: parseText(4_000) };
  if (layer === 'parts')
    return {
      ...shared,
      code: partCode,
      class_id: (value) => classes.find(value),
      maintenance_until: remember(parseDate),
      initial_date: remember(parseDate),
      changed_date: remember(parseDate),
      state: parseChoice(partStates),
      authority_code: parseText(40),
      owner_code: parseText(40),
      maintainer_code: parseText(40),
    };
  if (layer === 'divisions')
    return {
      ...shared,
      code: (value) => withoutTrailingLevels(divisionCode(value)),
      parent_code: (value) => withoutTrailingLevels(divisionCode(value)),
      level: parseChoice(divisionLevels),
      edition: parseInteger(1949, 2100),
    };
  if (layer === 'cells')
    return {
      ...shared,
      code: cellCode,
      community_code: parseCode(/^\d{12}$/, ' 12 位数字', '12 digits'),
    };
  if (layer === 'buildings')
    return {
      ...shared,
      kind: parseChoice(buildingKinds, (value) => leaveOut('kind', value)),
      height_metres: (value) => parseMetres(value, HIGHEST_BUILDING_METRES),
      levels: (value) => parseMetres(value, 300),
    };
  if (layer === 'roads')
    return {
      ...shared,
      class: parseChoice(roadClasses, (value) => leaveOut('class', value)),
      carriageway_metres: (value) => parseMetres(value, 200),
      footway_metres: (value) => parseMetres(value, 100),
    };
  if (layer === 'cameras')
    return {
      ...shared,
      id: parseText(80),
      source_type: parseChoice([{ value: 'rtsp', zh: 'RTSP', en: 'RTSP', also: ['gb28181', 'onvif'] }]),
      source_url: parseUrl,
      width: parseInteger(16, 16_384),
      height: parseInteger(16, 16_384),
    };
  return {
    ...shared,
    number: parseText(80),
    class_id: (value) => classes.find(value),
    channel: parseChoice(caseChannels),
    unit_code: findUnit(facts),
    received_at: parseInstant,
    filed_at: parseInstant,
    dispatched_at: parseInstant,
    feedback_at: parseInstant,
    closed_at: parseInstant,
  };
}

export function makeLayerClassFinder(
  layer: ImportLayer,
  facts: ImportFacts,
  words: ReadonlyMap<string, string>,
): ClassFinder {
  return makeClassFinder(facts.classes, layer === 'cases' ? ['part', 'event'] : ['part'], words);
}

/** Statistics write every division with twelve digits: 620103001000 is the subdistrict 620103001. */
function withoutTrailingLevels(code: Parsed): Parsed {
  if (typeof code !== 'string') return code;
  if (code.length === 12 && code.endsWith('000000')) return code.slice(0, 6);
  return code.length === 12 && code.endsWith('000') ? code.slice(0, 9) : code;
}

const notAUrl = new Problem('not-an-address', '不是 rtsp:// 地址', 'Not an rtsp:// address');

function parseUrl(value: string): Parsed {
  return /^rtsps?:\/\/\S+$/i.test(value) && value.length <= 2_000 ? value : notAUrl;
}

function findUnit(facts: ImportFacts): Parser {
  const units = new Map<string, string>();
  for (const { code, nameZh, nameEn } of facts.units)
    for (const word of [code, nameZh, nameEn]) units.set(normaliseName(word), code);
  return (value) =>
    units.get(normaliseName(value)) ??
    new Problem(
      'unknown-unit',
      `没有“${value.slice(0, 60)}”这个单位`,
      `There is no unit “${value.slice(0, 60)}”`,
    );
}

/** Days repeat a lot in a register. */
function remember(parse: Parser): Parser {
  const seen = new Map<string, Parsed>();
  return (value) => {
    let parsed = seen.get(value);
    if (parsed === undefined) {
      parsed = parse(value);
      if (seen.size < 50_000) seen.set(value, parsed);
    }
    return parsed;
  };
}
