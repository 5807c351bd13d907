import { useQuery } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegisterChange, RegisterSubject } from '#contract/history';
import { ErrorNote } from '../access/error-note.tsx';
import { useMe } from '../access/use-me.ts';
import { Ago } from '../clock/ago.tsx';
import { Nothing } from '../grid/thing-card.tsx';
import { changesQuery, useUndoChange } from './api.ts';
import { ChangedFields } from './changed-fields.tsx';
import styles from './history-list.module.css';

const PAGE = 10;
const undoers = new Set(['administrator', 'supervisor']);

/** Everything that was ever changed of one thing, the newest first; the last change can be taken back. */
export function HistoryList({ subject, code }: { subject: RegisterSubject; code: string }) {
  const { t } = useTranslation(['register', 'shell']);
  const me = useMe();
  const [limit, setLimit] = useState(PAGE);
  const { data, error, refetch } = useQuery(changesQuery(subject, code, limit));
  const undo = useUndoChange();
  if (!data) {
    if (!error) return <Nothing>{t('loading')}…</Nothing>;
    return (
      <ErrorNote error={error}>
        <Button onClick={() => void refetch()}>{t('shell:retry')}</Button>
      </ErrorNote>
    );
  }
  if (data.items.length === 0) return <Nothing>{t('part.noHistory')}</Nothing>;
  // Only what nothing was changed after can go back.
  const last = data.items.find(({ action, undone }) => !undone && action !== 'undo');
  const isLatest = (change: RegisterChange) => change === last && data.items[0] === change;
  return (
    <>
      <ol className={styles.list} aria-label={t('history.title')}>
        {data.items.map((change) => (
          <li
            key={change.id}
            className={styles.change}
            data-undone={change.undone}
            data-action={change.action}
          >
            <p className={styles.head}>
              <strong>{t(`history.did.${change.action}`)}</strong>
              {change.undone && <span className={styles.mark}>{t('history.undone')}</span>}
              <span className={styles.who}>
                {change.actor} · <Ago at={change.at} />
              </span>
            </p>
            <ChangedFields change={change} />
            {change.reason && <p className={styles.reason}>{change.reason}</p>}
            {isLatest(change) && undoers.has(me.role) && (
              <Popconfirm
                title={t('history.undoConfirmOne', { action: t(`history.did.${change.action}`) })}
                okText={t('undo')}
                cancelText={t('cancel')}
                onConfirm={() => undo.mutate(change.batch)}
              >
                <Button size="small" loading={undo.isPending} className={styles.undo ?? ''}>
                  {t('history.undo')}
                </Button>
              </Popconfirm>
            )}
          </li>
        ))}
      </ol>
      <ErrorNote error={undo.error} />
      {data.next && limit < 500 && (
        <Button type="text" block onClick={() => setLimit(Math.min(500, limit * 3))}>
          {t('more')}
        </Button>
      )}
    </>
  );
}
