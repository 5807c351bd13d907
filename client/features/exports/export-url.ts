import type { Language } from '../../i18n/i18n.ts';

export type ExportLayer =
  'parts' | 'cells' | 'divisions' | 'buildings' | 'roads' | 'cameras' | 'cases' | 'units';
export type ExportFormat = 'geojson' | 'csv' | 'xlsx' | 'gpkg';
export type ExportDatum = 'wgs84' | 'gcj02';

/** Where a filtered list is to be had as a file, named in the language of the screen. */
export function exportUrl(
  layer: ExportLayer,
  format: ExportFormat,
  { query, datum, language }: { query: string; datum: ExportDatum; language: Language },
): string {
  const all = new URLSearchParams(query);
  if (datum !== 'wgs84') all.set('datum', datum);
  if (language === 'en') all.set('lang', 'en');
  const text = all.toString();
  return `/api/v1/exports/${layer}.${format}${text ? `?${text}` : ''}`;
}
