import { ArrowLeftOutlined, DownloadOutlined, LockOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BulletinSummary } from '#contract/evaluation';
import { useLanguage } from '../../i18n/use-language.ts';
import { Panel } from '../../ui/panel.tsx';
import { useFormats } from '../clock/use-formats.ts';
import { useEvaluationFormats } from '../evaluation/use-evaluation-formats.ts';
import { bulletinFormats, bulletinUrl } from './api.ts';
import { BulletinPreview } from './bulletin-preview.tsx';
import { BulletinStepsBar } from './bulletin-steps.tsx';
import styles from './bulletin-view.module.css';

/** A bulletin: where it stands, who did what, its files, its next step, and what it says. */
export function BulletinView({ bulletin, onBack }: { bulletin: BulletinSummary; onBack: () => void }) {
  const { t } = useTranslation(['bulletins', 'shell']);
  const formats = useFormats();
  const { period } = useEvaluationFormats();
  const language = useLanguage();
  const at = (instant: string) => formats.dateTime(Date.parse(instant));
  const isFrozen = bulletin.state === 'published' || bulletin.state === 'withdrawn';
  const facts: [word: string, text: string][] = [
    [t('fact.state'), t(`state.${bulletin.state}`)],
    [t('fact.asOf'), at(bulletin.asOf)],
    [t('fact.created'), `${bulletin.createdBy} ${at(bulletin.createdAt)}`],
    ...(bulletin.contestUntil === undefined
      ? []
      : [[t('fact.contestUntil'), at(bulletin.contestUntil)] as [string, string]]),
    ...(bulletin.reviewedAt === undefined
      ? []
      : [
          [t('fact.reviewed'), `${bulletin.reviewedBy ?? ''} ${at(bulletin.reviewedAt)}`] as [string, string],
        ]),
    ...(bulletin.publishedAt === undefined
      ? []
      : [
          [t('fact.published'), `${bulletin.publishedBy ?? ''} ${at(bulletin.publishedAt)}`] as [
            string,
            string,
          ],
        ]),
  ];
  return (
    <div className={styles.view} data-bulletin-state={bulletin.state}>
      <div className={styles.back}>
        <Button type="text" icon={<ArrowLeftOutlined />} onClick={onBack}>
          {t('shell:back')}
        </Button>
      </div>
      <Panel
        title={t('of', { period: period(bulletin.period) })}
        extra={
          <span className={styles.files}>
            {bulletinFormats.map((format) => (
              <a key={format} href={bulletinUrl(bulletin.id, format, language)} download data-format={format}>
                <DownloadOutlined aria-hidden /> {t(`file.${format}`)}
              </a>
            ))}
          </span>
        }
      >
        <dl className={styles.facts}>
          {facts.map(([word, text]) => (
            <div key={word}>
              <dt>{word}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        {bulletin.note !== '' && <p className={styles.note}>{bulletin.note}</p>}
        {bulletin.trial && <p className={styles.soft}>{t('trialHint')}</p>}
        <p className={styles.hash}>
          {isFrozen && (
            <span className={styles.frozen}>
              <LockOutlined aria-hidden /> {t('frozen')}
            </span>
          )}
          <span className={styles.soft}>{t('sha256')}</span> <code>{bulletin.sha256}</code>
        </p>
        <BulletinStepsBar bulletin={bulletin} />
      </Panel>
      <BulletinPreview bulletin={bulletin} />
    </div>
  );
}
