/** A row of which absent fields may be null, with those left out instead. */
export function withoutNulls<T extends object>(row: { [Key in keyof T]: T[Key] | null }): T {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as T;
}
