/**
 * What a table program takes for the beginning of a formula (OWASP, "CSV Injection"), the full-width forms that
 * Chinese and Japanese editions read alike included.
 */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** The text as a cell that is only ever read: an apostrophe stands before what would be a formula. */
export function guardFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}
