import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/use-language.ts';
import { exportUrl, type ExportDatum, type ExportLayer } from './export-url.ts';

const formats = ['csv', 'xlsx', 'geojson', 'gpkg'] as const;
const data = ['wgs84', 'gcj02'] as const;

interface ExportMenuProps {
  layer: ExportLayer;
  /** The filter of the list, as its own query; what is exported is exactly that. */
  query: string;
}

/** Takes the filtered list away as a file; the browser saves it while it is still being written. */
export function ExportMenu({ layer, query }: ExportMenuProps) {
  const { t } = useTranslation('register');
  const language = useLanguage();
  const [datum, setDatum] = useState<ExportDatum>('wgs84');
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectable: true,
        selectedKeys: [datum],
        items: [
          {
            type: 'group',
            label: t('export.hint'),
            children: formats.map((format) => ({
              key: format,
              label: (
                <a href={exportUrl(layer, format, { query, datum, language })} download data-format={format}>
                  {t(`export.${format}`)}
                </a>
              ),
            })),
          },
          { type: 'divider' },
          {
            type: 'group',
            label: t('export.datum'),
            children: data.map((one) => ({ key: one, label: t(`export.${one}`) })),
          },
        ],
        onClick: ({ key }) => {
          const chosen = data.find((one) => one === key);
          if (chosen) setDatum(chosen);
        },
      }}
    >
      <Button icon={<DownloadOutlined />} data-action="export">
        {t('export.title')}
      </Button>
    </Dropdown>
  );
}
