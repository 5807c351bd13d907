import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CsvUpload } from './csv-upload.tsx';

/** A register that goes out and comes back as CSV: `GET` and `PUT /<name>.csv`. */
export function CsvExchange({ name }: { name: 'classes' | 'limits' | 'units' | 'duties' }) {
  const { t } = useTranslation('admin');
  const [open, setOpen] = useState(false);
  return (
    <>
      <a href={`/api/v1/${name}.csv`} download>
        {t('csv')}
      </a>
      <Button type="link" size="small" onClick={() => setOpen(true)}>
        {t('csvIn.open')}
      </Button>
      {open && <CsvUpload name={name} onClose={() => setOpen(false)} />}
    </>
  );
}
