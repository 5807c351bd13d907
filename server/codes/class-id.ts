import type { Edition } from '#contract/codes';
import type { Kind } from '#contract/dictionary';

/** A class by its digits: major class, and minor class inside it. */
export interface ClassDigits {
  edition: Edition;
  kind: Kind;
  major: string;
  minor: string;
}

/** The set in force (SPEC section 6): its class ids carry no edition. */
export const ACTIVE_EDITION: Edition = 2026;

export const EDITIONS: readonly Edition[] = [2007, 2013, 2026];

/** How many digits a minor class has: two in CJ/T 214-2007 and GB/T 30428.2-2013, three in GB/T 47678.5-2026. */
export function minorLength(edition: Edition): 2 | 3 {
  return edition === 2026 ? 3 : 2;
}

/** Class digits in a class id of the form `P01012`, `2013:P0107`; undefined when it is none. */
export function parseClassId(id: string): ClassDigits | undefined {
  const found = /^(?:(2007|2013|2026):)?([PE])([0-9]{2})([0-9]{2,3})$/.exec(id);
  if (!found) return undefined;
  const [, prefix, letter, major = '', minor = ''] = found;
  const edition = (prefix === undefined ? ACTIVE_EDITION : Number(prefix)) as Edition;
  if (minor.length !== minorLength(edition)) return undefined;
  return { edition, kind: letter === 'P' ? 'part' : 'event', major, minor };
}

/** `P01012` in the active set, `2013:P0107` outside it. */
export function makeClassId({ edition, kind, major, minor }: ClassDigits): string {
  const digits = (kind === 'part' ? 'P' : 'E') + major + minor;
  return edition === ACTIVE_EDITION ? digits : `${edition}:${digits}`;
}
