import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulletinSummary } from '#contract/evaluation';
import { PanelBoundary } from '../../ui/panel-boundary.tsx';
import { StateNote } from '../../ui/state-note.tsx';
import { useErrorText } from '../access/use-error-text.ts';
import { useMe } from '../access/use-me.ts';
import { Ago } from '../clock/ago.tsx';
import { useEvaluationFormats } from '../evaluation/use-evaluation-formats.ts';
import { bulletinsQuery } from './api.ts';
import styles from './bulletin-desk.module.css';
import { BulletinView } from './bulletin-view.tsx';
import { NewBulletinForm } from './new-bulletin-form.tsx';

interface BulletinDeskProps {
  selected: string | undefined;
  onSelect: (id: string | undefined) => void;
}

/** Monthly, quarterly and yearly bulletins: the list, and the chosen one with its next step. */
export function BulletinDesk({ selected, onSelect }: BulletinDeskProps) {
  const { t } = useTranslation(['bulletins', 'shell']);
  const me = useMe();
  const errorText = useErrorText();
  const { data, error, refetch } = useQuery(bulletinsQuery);
  const [making, setMaking] = useState(false);
  const mayMake = me.role === 'evaluator' || me.role === 'administrator';
  const chosen = data?.find(({ id }) => id === selected);
  return (
    <div className={styles.desk} data-open={chosen !== undefined}>
      <section className={styles.list} aria-label={t('title')}>
        <header className={styles.head}>
          <h2>{t('title')}</h2>
          {mayMake && (
            <Button type="primary" onClick={() => setMaking(true)} data-action="new-bulletin">
              {t('make')}
            </Button>
          )}
        </header>
        {!data && !error && <StateNote kind="loading" title={t('loading')} />}
        {!data && error && (
          <StateNote
            kind="error"
            title={errorText(error)}
            action={{ label: t('shell:retry'), run: () => void refetch() }}
          />
        )}
        {data?.length === 0 && (
          <StateNote kind="empty" title={t('none')} hint={t(mayMake ? 'noneHint' : 'noneYetHint')} />
        )}
        <ul>
          {data?.map((bulletin) => (
            <li key={bulletin.id}>
              <BulletinRow bulletin={bulletin} isChosen={bulletin.id === selected} onSelect={onSelect} />
            </li>
          ))}
        </ul>
      </section>
      <div className={styles.view}>
        <PanelBoundary>
          {chosen ? (
            <BulletinView key={chosen.id} bulletin={chosen} onBack={() => onSelect(undefined)} />
          ) : (
            <StateNote kind="empty" title={t('chooseOne')} />
          )}
        </PanelBoundary>
      </div>
      {making && (
        <NewBulletinForm
          onClose={() => setMaking(false)}
          onMade={({ id }) => {
            setMaking(false);
            onSelect(id);
          }}
        />
      )}
    </div>
  );
}

interface BulletinRowProps {
  bulletin: BulletinSummary;
  isChosen: boolean;
  onSelect: (id: string) => void;
}

function BulletinRow({ bulletin, isChosen, onSelect }: BulletinRowProps) {
  const { t } = useTranslation('bulletins');
  const formats = useEvaluationFormats();
  return (
    <button
      type="button"
      className={styles.row}
      aria-pressed={isChosen}
      data-bulletin={bulletin.id}
      onClick={() => onSelect(bulletin.id)}
    >
      <span className={styles.period}>{formats.period(bulletin.period)}</span>
      <span className={styles.state} data-state={bulletin.state}>
        {t(`state.${bulletin.state}`)}
      </span>
      <span className={styles.soft}>
        {bulletin.trial && `${t('trial')} · `}
        <Ago at={bulletin.publishedAt ?? bulletin.reviewedAt ?? bulletin.createdAt} />
      </span>
    </button>
  );
}
