import type { RowError } from '#contract/imports';

const VALUE_CHARACTERS = 120;

/** One row's error; long values are shortened, because they are shown. */
export function rowError(
  line: number,
  field: string,
  reason: string,
  zh: string,
  en: string,
  value?: string,
): RowError {
  const error: RowError = { line, field, reason, message: { zh, en } };
  if (value !== undefined)
    error.value = value.length > VALUE_CHARACTERS ? `${value.slice(0, VALUE_CHARACTERS)}…` : value;
  return error;
}
