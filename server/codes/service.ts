import type { CodeReading, Edition, Translation } from '#contract/codes';
import type { Kind } from '#contract/dictionary';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { nameDivisions } from '../grid/service.ts';
import { EDITIONS, makeClassId, parseClassId, type ClassDigits } from './class-id.ts';
import { onlyWay, translateClass, type Successor, type Way } from './combine-relations.ts';
import { classesIn, divisionsIn, explainCode } from './explain-code.ts';
import { makeEventCode, makePartCode, readFieldCode, type FieldCode } from './field-codes.ts';
import * as repository from './repository.ts';

export { loadCrosswalk } from './load-crosswalk.ts';

/**
 * What a code of the field means, digit by digit.
 * @param kind which of the two, where digits of a class are the same for a part and an event
 * @throws UNREADABLE_CODE when its length or letters are those of no code
 */
export async function readCode(db: Queryable, text: string, kind?: Kind): Promise<CodeReading> {
  const code = narrowKind(readFieldCode(text), kind);
  if (!code) throw appError('UNREADABLE_CODE', { code: text });
  const candidates = classesIn(code);
  const classes = await repository.listNamedClasses(db, candidates.map(makeClassId));
  const [first] = candidates;
  const majorName =
    first && classes.length === 0
      ? await repository.findMajorName(db, { ...first, editions: candidates.map(({ edition }) => edition) })
      : undefined;
  return explainCode(text, code, {
    divisions: await nameDivisions(db, divisionsIn(code)),
    classes,
    majorName,
  });
}

function narrowKind(code: FieldCode | undefined, kind: Kind | undefined): FieldCode | undefined {
  if (code?.form !== 'class' || kind === undefined) return code;
  const classes = code.classes.filter((one) => one.kind === kind);
  return classes.length > 0 ? { ...code, classes } : undefined;
}

/** What a class became in another edition, or was in an earlier one. @throws UNKNOWN_CLASS */
export async function translate(db: Queryable, classId: string, to: Edition): Promise<Translation> {
  const digits = parseClassId(classId);
  const [found] = digits ? await repository.listNamedClasses(db, [makeClassId(digits)]) : [];
  if (!digits || !found) throw appError('UNKNOWN_CLASS', { class: classId });
  const ways = translateClass(
    await repository.listSuccessors(db),
    { id: found.id, edition: found.edition },
    to,
    editionsBetween(digits.edition, to),
  );
  const names = new Map(
    (
      await repository.listNamedClasses(
        db,
        ways.map((way) => way.to),
      )
    ).map(({ id, name }) => [id, name]),
  );
  return {
    from: { id: found.id, name: found.name },
    to: ways.flatMap(({ to: id, ...way }) => {
      const name = names.get(id);
      return name ? [{ id, name, ...way }] : [];
    }),
    ambiguous: ways.length > 0 && onlyWay(ways) === undefined,
  };
}

/** The editions passed through on the way, in order. */
function editionsBetween(from: number, to: number): Edition[] {
  const between = EDITIONS.filter((edition) => edition > Math.min(from, to) && edition < Math.max(from, to));
  return from < to ? between : between.reverse();
}

/**
 * A part or event code in another edition: district and sequence stay, the class is translated to classes of the same
 * kind. The digits of 2007 and 2013 are told apart by nobody but the caller.
 * @param from the edition of a code of the old length; taken from the length otherwise
 * @throws UNREADABLE_CODE, EDITION_REQUIRED, UNKNOWN_CLASS
 */
export async function translateCode(
  db: Queryable,
  text: string,
  { to, from }: { to: Edition; from?: Edition | undefined },
): Promise<Translation> {
  const code = readFieldCode(text);
  if (code?.form !== 'part' && code?.form !== 'event') throw appError('UNREADABLE_CODE', { code: text });
  const edition = from ?? (code.editions.length === 1 ? code.editions[0] : undefined);
  if (edition === undefined || !code.editions.includes(edition)) {
    throw appError('EDITION_REQUIRED', { code: text, editions: code.editions });
  }
  const digits: ClassDigits = { edition, kind: code.form, major: code.major, minor: code.minor };
  const translation = await translate(db, makeClassId(digits), to);
  const remake = (id: string) => {
    const target = parseClassId(id);
    if (target?.kind !== code.form) return undefined;
    return code.form === 'part'
      ? makePartCode(code.district, target, code.sequence)
      : makeEventCode(code.district, target);
  };
  const same = translation.to.flatMap((way) => {
    const made = remake(way.id);
    return made === undefined ? [] : [{ ...way, code: made }];
  });
  return {
    from: { ...translation.from, code: text },
    to: same,
    ambiguous:
      same.length > 0 && onlyWay(same.map(({ id, ...way }): Way => ({ ...way, to: id }))) === undefined,
  };
}

/**
 * What each of some classes of one edition is in another: the one class of its kind where the tables leave one, and
 * whether there are several to choose from where they do not.
 */
export async function listWaysBetween(
  db: Queryable,
  classes: readonly { id: string; edition: number; kind: string }[],
  to: number,
): Promise<Map<string, { one?: string; several: boolean }>> {
  const successors = await repository.listSuccessors(db);
  return new Map(
    classes.map(({ id, edition, kind }) => {
      const ways = translateClass(successors, { id, edition }, to, editionsBetween(edition, to)).filter(
        (way) => parseClassId(way.to)?.kind === kind,
      );
      const one = onlyWay(ways)?.to;
      return [id, { ...(one === undefined ? {} : { one }), several: ways.length > 1 }];
    }),
  );
}

/**
 * The class of 2026 that every class of an earlier edition became: only where the tables leave one, of the same kind.
 * For whoever reads old files row by row.
 */
export async function listTranslations(db: Queryable, to: Edition = 2026): Promise<Map<string, string>> {
  const successors = await repository.listSuccessors(db);
  const became = new Map<string, string>();
  for (const id of new Set(successors.map(({ from }) => from))) {
    const only = becameOf(successors, id, to);
    if (only !== undefined) became.set(id, only);
  }
  return became;
}

function becameOf(successors: readonly Successor[], id: string, to: Edition): string | undefined {
  const digits = parseClassId(id);
  if (!digits || digits.edition >= to) return undefined;
  const ways = translateClass(
    successors,
    { id, edition: digits.edition },
    to,
    editionsBetween(digits.edition, to),
  );
  return onlyWay(ways.filter((way) => parseClassId(way.to)?.kind === digits.kind))?.to;
}
