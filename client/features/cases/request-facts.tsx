import { Image } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseRequest } from '#contract/requests';
import { useName } from '../../i18n/use-language.ts';
import { useFormats } from '../clock/use-formats.ts';
import { attachmentUrl } from './api.ts';
import styles from './case-requests.module.css';

interface RequestFactsProps {
  request: CaseRequest;
  timing: 'natural' | 'working';
}

/** What was asked, by whom and why, and what was decided. */
export function RequestFacts({ request, timing }: RequestFactsProps) {
  const { t } = useTranslation('cases');
  const name = useName();
  const formats = useFormats();
  const { photos } = request;
  const at = (text: string) => formats.dateTime(Date.parse(text));
  const by = { unit: name(request.unit.name), person: request.requestedBy, at: at(request.requestedAt) };
  return (
    <div className={styles.facts}>
      <p className={styles.soft}>{t('request.by', by)}</p>
      {request.seconds !== undefined && (
        <p>{t('request.asks', { duration: formats.duration(request.seconds, timing) })}</p>
      )}
      {request.reasonCode && <p>{t(`returnReason.${request.reasonCode}`)}</p>}
      {request.reason && <p className={styles.words}>{t('reasonIs', { reason: request.reason })}</p>}
      {request.arbiter && (
        <p className={styles.soft}>{t('request.arbiter', { name: name(request.arbiter.name) })}</p>
      )}
      {photos.length > 0 && (
        <ul className={styles.photos} aria-label={t('request.evidence')}>
          {photos.map((id, index) => (
            <li key={id}>
              <Image
                src={attachmentUrl(id)}
                alt={t('photoNumber', { count: index + 1 })}
                width={96}
                height={72}
                className={styles.photo}
              />
            </li>
          ))}
        </ul>
      )}
      {request.decidedAt && request.decidedBy && (
        <p className={styles.soft}>
          {t('request.decided', { person: request.decidedBy, at: at(request.decidedAt) })}
        </p>
      )}
      {request.approvedSeconds !== undefined && request.approvedSeconds > 0 && (
        <p>{t('request.granted', { duration: formats.duration(request.approvedSeconds, timing) })}</p>
      )}
      {request.decisionNote && <p className={styles.words}>{request.decisionNote}</p>}
    </div>
  );
}
