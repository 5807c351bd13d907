import { CloseOutlined, PictureOutlined } from '@ant-design/icons';
import { Image, Popconfirm, Spin } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Part } from '#contract/parts';
import { ErrorNote } from '../access/error-note.tsx';
import { attachmentUrl, useUploadPhoto } from '../cases/api.ts';
import { Nothing } from '../grid/thing-card.tsx';
import { useAddPartPhoto, useRemovePartPhoto } from './api.ts';
import styles from './part-card.module.css';

/** Photos of a part, the newest first; those who keep the register add and remove them. */
export function PartPhotos({ part, mayEdit }: { part: Part; mayEdit: boolean }) {
  const { t } = useTranslation('register');
  const inputId = useId();
  const upload = useUploadPhoto();
  const add = useAddPartPhoto(part.code);
  const remove = useRemovePartPhoto(part.code);
  const isBusy = upload.isPending || add.isPending;

  async function take(files: FileList | null) {
    for (const file of files ?? []) {
      try {
        const { id } = await upload.mutateAsync(file);
        await add.mutateAsync(id);
      } catch {
        // The mutation that failed says it below.
        return;
      }
    }
  }

  return (
    <>
      {part.photos.length === 0 && !mayEdit && <Nothing>{t('part.noPhotos')}</Nothing>}
      <div className={styles.photos}>
        {part.photos.map((id, index) => (
          <div key={id} className={styles.photo} data-photo={id}>
            <Image
              src={attachmentUrl(id)}
              alt={t('part.photoAlt', { code: part.code, count: index + 1 })}
              width={112}
              height={84}
              className={styles.picture ?? ''}
            />
            {mayEdit && (
              <Popconfirm
                title={t('part.photoRemoveConfirm')}
                okText={t('part.photoRemove')}
                cancelText={t('cancel')}
                onConfirm={() => remove.mutate(id)}
              >
                <button type="button" className={styles.remove} aria-label={t('part.photoRemove')}>
                  <CloseOutlined />
                </button>
              </Popconfirm>
            )}
          </div>
        ))}
        {mayEdit && (
          <>
            <label className={styles.add} htmlFor={inputId}>
              {isBusy ? <Spin size="small" /> : <PictureOutlined aria-hidden />}
              {t('part.photoAdd')}
            </label>
            <input
              id={inputId}
              type="file"
              accept="image/*"
              multiple
              className="visually-hidden"
              disabled={isBusy}
              onChange={(event) => {
                void take(event.target.files).finally(() => (event.target.value = ''));
              }}
            />
          </>
        )}
      </div>
      <ErrorNote error={upload.error ?? add.error ?? remove.error} />
    </>
  );
}
