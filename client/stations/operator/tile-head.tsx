import { ExpandOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Camera } from '#contract/cameras';
import { useName } from '../../i18n/use-language.ts';
import styles from './tile-head.module.css';

interface TileHeadProps {
  index: number;
  camera: Camera | undefined;
  cameras: Camera[];
  onChoose: (index: number, cameraId: string) => void;
  onAlone: (cameraId: string) => void;
}

/** Which camera the tile shows, and a way to another. */
export function TileHead({ index, camera, cameras, onChoose, onAlone }: TileHeadProps) {
  const { t } = useTranslation('framing');
  const name = useName();
  return (
    <header className={styles.head}>
      <Select
        size="small"
        variant="borderless"
        className={styles.select ?? ''}
        popupMatchSelectWidth={false}
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('camera', { count: index + 1 })}
        placeholder={t('noCamera')}
        value={camera?.id ?? null}
        onChange={(id) => id && onChoose(index, id)}
        options={cameras.map((one) => ({ value: one.id, label: name(one.name) }))}
      />
      {camera && !camera.model && <span className={styles.note}>{t('uncalibrated')}</span>}
      {camera && (
        <Button
          size="small"
          type="text"
          icon={<ExpandOutlined />}
          aria-label={t('alone')}
          title={t('alone')}
          onClick={() => onAlone(camera.id)}
        />
      )}
    </header>
  );
}
