import { InboxOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Progress, Select, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportLayer } from '#contract/imports';
import { ErrorNote } from '../access/error-note.tsx';
import { importLayers, profilesQuery, useUpload } from './api.ts';
import { DatumSelect, isDatum } from './datum-select.tsx';
import styles from './upload-form.module.css';

/** Which layer, whose mapping, and the file: it is sent at once and tried without writing anything. */
export function UploadForm({ onStarted }: { onStarted: (jobId: string) => void }) {
  const { t } = useTranslation('admin');
  const [layer, setLayer] = useState<ImportLayer>('parts');
  const [datum, setDatum] = useState<string>();
  const [profileId, setProfileId] = useState<string>();
  const [sent, setSent] = useState(0);
  const { data: profiles = [] } = useQuery(profilesQuery);
  const upload = useUpload();
  const fitting = profiles.filter((profile) => profile.layer === layer);
  const send = (file: File) => {
    setSent(0);
    upload.mutate(
      {
        file,
        layer,
        datum: datum !== undefined && isDatum(datum) ? datum : undefined,
        profile: profileId,
        onSent: setSent,
      },
      { onSuccess: (job) => onStarted(job.id) },
    );
  };
  return (
    <div className={styles.form}>
      <fieldset className={styles.layers}>
        <legend>{t('import.what')}</legend>
        {importLayers.map((one) => (
          <label key={one} className={styles.layer} data-chosen={one === layer}>
            <input
              type="radio"
              name="layer"
              className="visually-hidden"
              checked={one === layer}
              onChange={() => {
                setLayer(one);
                setProfileId(undefined);
              }}
            />
            <strong>{t(`import.layer.${one}`)}</strong>
            <span>{t(`import.layerHint.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      <div className={styles.choices}>
        <label>
          {t('datum.label')}
          <DatumSelect value={datum} onChange={setDatum} />
        </label>
        <label>
          {t('import.profile')}
          <Select
            allowClear
            style={{ width: '100%' }}
            value={profileId ?? null}
            onChange={(id) => setProfileId(id ?? undefined)}
            placeholder={fitting.length > 0 ? t('import.profileHint') : t('import.profileNone')}
            disabled={fitting.length === 0}
            options={fitting.map(({ id, name }) => ({ value: id, label: name }))}
            aria-label={t('import.profile')}
          />
        </label>
      </div>
      <Upload.Dragger
        beforeUpload={(file) => {
          send(file);
          return false;
        }}
        showUploadList={false}
        disabled={upload.isPending}
      >
        <p className={styles.drop}>
          <InboxOutlined />
          {upload.isPending ? t('import.sending') : t('import.drop')}
        </p>
        <p className={styles.formats}>{t('import.formats')}</p>
        {upload.isPending && <Progress percent={Math.round(100 * sent)} />}
      </Upload.Dragger>
      <p className={styles.hint}>{t('import.dryHint')}</p>
      <ErrorNote error={upload.error} />
    </div>
  );
}
