import { CloseOutlined, PictureOutlined } from '@ant-design/icons';
import { Spin } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../access/error-note.tsx';
import { attachmentUrl, useUploadPhoto } from './api.ts';
import styles from './photo-upload.module.css';

const most = 9;

interface PhotoUploadProps {
  /** Ids of the uploaded photos; the form owns them. */
  value?: string[];
  onChange?: (ids: string[]) => void;
  id?: string;
}

/** Photos taken or chosen, uploaded at once; a phone offers its camera. */
export function PhotoUpload({ value = [], onChange, id }: PhotoUploadProps) {
  const { t } = useTranslation('cases');
  const ownId = useId();
  const inputId = id ?? ownId;
  const upload = useUploadPhoto();
  const [waiting, setWaiting] = useState(0);

  async function add(files: FileList | null) {
    const chosen = [...(files ?? [])].slice(0, most - value.length);
    setWaiting(chosen.length);
    let ids = value;
    for (const file of chosen) {
      try {
        const { id: added } = await upload.mutateAsync(file);
        ids = [...ids, added];
        onChange?.(ids);
      } catch {
        // `upload.error` says it below.
        break;
      } finally {
        setWaiting((count) => count - 1);
      }
    }
    setWaiting(0);
  }

  return (
    <div className={styles.upload}>
      <div className={styles.row}>
        {value.map((photo, index) => (
          <div key={photo} className={styles.photo}>
            <img src={attachmentUrl(photo)} alt={t('photoNumber', { count: index + 1 })} />
            <button
              type="button"
              aria-label={t('photoRemove', { count: index + 1 })}
              onClick={() => onChange?.(value.filter((one) => one !== photo))}
            >
              <CloseOutlined />
            </button>
          </div>
        ))}
        {waiting > 0 && (
          <div className={styles.photo}>
            <Spin />
          </div>
        )}
        {value.length < most && (
          <label className={styles.add} htmlFor={inputId}>
            <PictureOutlined />
            {t('photoAdd')}
          </label>
        )}
        <input
          id={inputId}
          type="file"
          accept="image/*"
          capture="environment"
          multiple
          className="visually-hidden"
          onChange={(event) => {
            void add(event.target.files);
            event.target.value = '';
          }}
        />
      </div>
      <ErrorNote error={upload.error} />
    </div>
  );
}
