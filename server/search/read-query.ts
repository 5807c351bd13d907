import type { NamedThing } from './hold-names.ts';
import { RANK, rankName, readTyped, type Typed } from './match-name.ts';
import type { PlaceOfParts } from './repository.ts';

/** A road and a house number: `西津西路 123号`. */
export function readAddress({ text }: Typed): { road: Typed; number: string } | undefined {
  const [, road, number] = /^(\D{2,}?)\s*(?:no\.?\s*|#)?(\d{1,5})\s*(?:号|#)?$/u.exec(text) ?? [];
  return road === undefined || number === undefined ? undefined : { road: readTyped(road), number };
}

/** Classes that one word may stand for. */
const MOST_CLASSES = 8;
/** Names at least so like the word: what has it inside, or its initials. */
const CLASS_RANK = RANK.initials;
const PLACE_RANK = RANK.pinyinStart;

/**
 * A word for part classes and, if there is more, a place: `路灯 敦煌路`, `敦煌路路灯`, `ld dhl`. Undefined when no
 * word names a class of parts.
 */
export function splitClassAndPlace(
  names: readonly NamedThing[],
  typed: Typed,
): { classes: string[]; place?: PlaceOfParts } | undefined {
  const partClasses = names.filter(({ found: { kind, id } }) => kind === 'class' && id.startsWith('P'));
  const places = names.filter(({ found }) => isPlace(found.kind));
  const alone = classesOf(partClasses, typed);
  for (const [classWord, placeWord] of splits(partClasses, typed)) {
    const classes = classesOf(partClasses, readTyped(classWord));
    const place = classes.length > 0 ? bestPlace(places, readTyped(placeWord)) : undefined;
    if (place) return { classes, place };
  }
  return alone.length > 0 ? { classes: alone } : undefined;
}

function isPlace(kind: string): kind is PlaceOfParts['kind'] {
  return kind === 'road' || kind === 'building' || kind === 'division';
}

/** Every way to read the words as one class and one place. */
function splits(classes: readonly NamedThing[], { text, compact }: Typed): [string, string][] {
  const words = text.split(' ');
  if (words.length > 1) {
    const rest = words.slice(1).join(' ');
    const start = words.slice(0, -1).join(' ');
    return [
      [words[0] ?? '', rest],
      [words.at(-1) ?? '', start],
    ];
  }
  return classes.flatMap(({ name: { zh } }): [string, string][] => {
    if (zh.length < 2 || compact.length <= zh.length) return [];
    if (compact.endsWith(zh)) return [[zh, compact.slice(0, -zh.length)]];
    return compact.startsWith(zh) ? [[zh, compact.slice(zh.length)]] : [];
  });
}

function classesOf(classes: readonly NamedThing[], typed: Typed): string[] {
  return classes
    .map(({ found, name }) => ({ id: found.id, rank: rankName(name, typed) }))
    .filter(({ rank }) => rank >= CLASS_RANK)
    .sort((a, b) => b.rank - a.rank || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_CLASSES)
    .map(({ id }) => id);
}

function bestPlace(places: readonly NamedThing[], typed: Typed): PlaceOfParts | undefined {
  let best: { place: PlaceOfParts; rank: number } | undefined;
  for (const { found, name } of places) {
    const rank = rankName(name, typed);
    if (rank < PLACE_RANK || rank <= (best?.rank ?? 0) || !isPlace(found.kind)) continue;
    best = { place: { kind: found.kind, id: found.id }, rank };
  }
  return best?.place;
}
