import type { CodeReading, Edition } from '#contract/codes';
import type { Kind } from '#contract/dictionary';
import type { Names } from '#contract/shared';
import { makeClassId, type ClassDigits } from './class-id.ts';
import type { FieldCode } from './field-codes.ts';

type Piece = CodeReading['pieces'][number];

/** What the dictionary and the register know of the digits of a code. */
export interface CodeFacts {
  divisions: ReadonlyMap<string, Names>;
  classes: readonly { id: string; kind: Kind; edition: number; majorName: Names; name: Names }[];
  /** The major class of a code whose minor class nobody knows. */
  majorName?: Names | undefined;
}

/** The classes that the digits of a code can mean. */
export function classesIn(code: FieldCode): ClassDigits[] {
  switch (code.form) {
    case 'part':
      return code.editions.map((edition) => ({
        edition,
        kind: 'part',
        major: code.major,
        minor: code.minor,
      }));
    case 'event':
      return code.editions.flatMap((edition) =>
        kindsOfEvents(edition).map((kind) => {
          return { edition, kind, major: code.major, minor: code.minor };
        }),
      );
    case 'class':
      return code.classes;
    case 'division':
    case 'cell':
      return [];
  }
}

/** In GB/T 47678.5-2026 each part class also yields an event, "<part>异常" (SPEC section 6). */
function kindsOfEvents(edition: Edition): Kind[] {
  return edition === 2026 ? ['event', 'part'] : ['event'];
}

function nameIn(code: FieldCode, { kind, name }: { kind: Kind; name: Names }): Names {
  return code.form === 'event' && kind === 'part'
    ? { zh: `${name.zh}异常`, en: `${name.en}: something wrong` }
    : name;
}

/** The codes of the divisions in a code, the district first. */
export function divisionsIn(code: FieldCode): string[] {
  switch (code.form) {
    case 'part':
    case 'event':
      return [code.district];
    case 'division':
      return divisionChain(code.code);
    case 'cell':
      return divisionChain(code.community);
    case 'class':
      return [];
  }
}

function divisionChain(code: string): string[] {
  return [6, 9, 12].filter((length) => length <= code.length).map((length) => code.slice(0, length));
}

/** What a code means digit by digit, and what is wrong with it. */
export function explainCode(text: string, code: FieldCode, facts: CodeFacts): CodeReading {
  const pieces = [...divisionPieces(code, facts), ...classPieces(code, facts), ...sequencePieces(code)];
  const problems = pieces.flatMap(({ problem }) => (problem ? [problem] : []));
  const known = classesIn(code).flatMap((digits) => {
    const found = facts.classes.find(({ id }) => id === makeClassId(digits));
    return found ? [{ ...found, edition: digits.edition }] : [];
  });
  return {
    code: text,
    form: code.form,
    editions: [...new Set(known.map(({ edition }): Edition => edition))],
    valid: problems.length === 0,
    pieces,
    classes: known.map((one) => ({
      id: one.id,
      kind: one.kind,
      edition: one.edition,
      name: nameIn(code, one),
    })),
    problems,
  };
}

const DIVISION_PIECES = ['district', 'subdistrict', 'community'] as const;

function divisionPieces(code: FieldCode, { divisions }: CodeFacts): Piece[] {
  return divisionsIn(code).map((division, index) => {
    const meaning = divisions.get(division);
    return {
      name: DIVISION_PIECES[index] ?? 'community',
      digits: index === 0 ? division : division.slice(-3),
      ...(meaning
        ? { meaning }
        : { problem: { zh: `没有代码为 ${division} 的区划`, en: `There is no division ${division}` } }),
    };
  });
}

function classPieces(code: FieldCode, { classes, majorName }: CodeFacts): Piece[] {
  const candidates = classesIn(code);
  const first = candidates[0];
  if (!first) return [];
  const known = candidates.flatMap((digits) => {
    const found = classes.find(({ id }) => id === makeClassId(digits));
    return found ? [found] : [];
  });
  const major = known[0]?.majorName ?? majorName;
  const names = [...new Map(known.map((one) => nameIn(code, one)).map((name) => [name.zh, name])).values()];
  const standards = [...new Set(candidates.map(({ edition }) => edition))].join(', ');
  return [
    {
      name: 'major',
      digits: first.major,
      ...(major
        ? { meaning: major }
        : {
            problem: {
              zh: `${standards} 年版没有大类 ${first.major}`,
              en: `No major class ${first.major} in ${standards}`,
            },
          }),
    },
    {
      name: 'minor',
      digits: first.minor,
      ...(names.length > 0
        ? {
            meaning: {
              zh: names.map(({ zh }) => zh).join(' / '),
              en: names.map(({ en }) => en).join(' / '),
            },
          }
        : {
            problem: {
              zh: `${standards} 年版没有小类 ${first.major}${first.minor}`,
              en: `No minor class ${first.major}${first.minor} in ${standards}`,
            },
          }),
    },
  ];
}

function sequencePieces(code: FieldCode): Piece[] {
  if (code.form !== 'cell' && code.form !== 'part') return [];
  const length = code.form === 'cell' ? 3 : 6;
  return [
    {
      name: 'sequence',
      digits: String(code.sequence).padStart(length, '0'),
      ...(code.sequence === 0
        ? { problem: { zh: '顺序号从 1 开始', en: 'Sequence numbers start at 1' } }
        : {}),
    },
  ];
}
