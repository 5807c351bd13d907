import { AutoComplete } from 'antd';
import { useTranslation } from 'react-i18next';

interface DatumSelectProps {
  value: string | undefined;
  onChange: (datum: string | undefined) => void;
  id?: string;
}

/** Datum of the coordinates: the usual ones, or any `EPSG:<number>`; empty leaves it to the file. */
export function DatumSelect({ value, onChange, id }: DatumSelectProps) {
  const { t } = useTranslation('admin');
  const options = ['wgs84', 'gcj02', 'bd09', 'EPSG:4490', 'EPSG:4544', 'EPSG:4545', 'EPSG:3857'].map(
    (one) => ({
      value: one,
      label: one.startsWith('EPSG') ? `${one} · ${t(`datum.${epsgKey(one)}`)}` : t(`datum.${one as 'wgs84'}`),
    }),
  );
  return (
    <AutoComplete
      {...(id ? { id } : {})}
      style={{ width: '100%' }}
      allowClear
      value={value ?? ''}
      onChange={(text: string) => onChange(text.trim() === '' ? undefined : normalize(text))}
      options={options}
      placeholder={t('datum.auto')}
      aria-label={t('datum.label')}
      status={value === undefined || isDatum(value) ? '' : 'error'}
    />
  );
}

export function isDatum(text: string): boolean {
  return /^(wgs84|gcj02|bd09|EPSG:[0-9]{4,6})$/.test(text);
}

function normalize(text: string): string {
  const trimmed = text.trim();
  return /^epsg:?\d+$/i.test(trimmed)
    ? `EPSG:${trimmed.replace(/\D/g, '')}`
    : /^\d{4,6}$/.test(trimmed)
      ? `EPSG:${trimmed}`
      : trimmed;
}

function epsgKey(epsg: string): 'epsg4490' {
  return epsg.toLowerCase().replace(':', '') as 'epsg4490';
}
