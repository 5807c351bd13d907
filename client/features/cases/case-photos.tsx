import { Image } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '#contract/cases';
import { useFormats } from '../clock/use-formats.ts';
import { attachmentUrl } from './api.ts';
import styles from './case-photos.module.css';

/** Photos of feedback and checks, with when they were handed in. */
export function CasePhotos({ one }: { one: Pick<CaseDetail, 'photos'> }) {
  const { t } = useTranslation('cases');
  const formats = useFormats();
  if (one.photos.length === 0) return null;
  return (
    <ul className={styles.photos} aria-label={t('photos')}>
      {one.photos.map(({ attachmentId, at }) => (
        <li key={attachmentId}>
          <Image
            src={attachmentUrl(attachmentId)}
            alt={t('photoAlt', { at: formats.dateTime(Date.parse(at)) })}
            width={112}
            height={84}
            className={styles.photo}
          />
          <span className={styles.at}>{formats.nearTime(Date.parse(at), Date.parse(at))}</span>
        </li>
      ))}
    </ul>
  );
}
