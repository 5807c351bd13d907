import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Popconfirm, Segmented, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegisterChange, RegisterSubject } from '#contract/history';
import { fetchJson } from '../../features/access/fetch-json.ts';
import { useErrorText } from '../../features/access/use-error-text.ts';
import { Ago } from '../../features/clock/ago.tsx';
import { ChangedFields } from '../../features/history/changed-fields.tsx';
import { StateNote } from '../../ui/state-note.tsx';
import styles from './changes-table.module.css';

const subjects = ['part', 'cell', 'division', 'unit', 'duty', 'class', 'limit', 'class-set', 'head'] as const;

/** What was changed in the register, the newest first; the latest of a thing can be undone. */
export function ChangesTable() {
  const { t } = useTranslation('admin');
  const { message } = App.useApp();
  const errorText = useErrorText();
  const client = useQueryClient();
  const [subject, setSubject] = useState<RegisterSubject | 'all'>('all');
  const list = useInfiniteQuery({
    queryKey: ['register-changes', subject],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({
        limit: '100',
        ...(subject === 'all' ? {} : { subject }),
        ...(pageParam ? { after: pageParam } : {}),
      });
      return fetchJson<{ items: RegisterChange[]; next?: string }>(`/register/changes?${query.toString()}`, {
        signal,
      });
    },
    getNextPageParam: (page) => page.next,
  });
  const undo = useMutation({
    mutationFn: (batch: string) =>
      fetchJson<{ undone: number }>(`/register/changes/${batch}/undo`, { method: 'POST' }),
    onSuccess: ({ undone }) => {
      void message.success(t('changes.undone', { count: undone }));
      return client.invalidateQueries();
    },
    onError: (error) => void message.error(errorText(error)),
  });
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  if (list.isError)
    return (
      <StateNote
        kind="error"
        title={t('failed')}
        action={{ label: t('again'), run: () => void list.refetch() }}
      />
    );
  return (
    <div className={styles.changes}>
      <Segmented<RegisterSubject | 'all'>
        value={subject}
        onChange={setSubject}
        options={(['all', ...subjects] as const).map((value) => ({
          value,
          label: t(`changes.subject.${value}`),
        }))}
      />
      <Table<RegisterChange>
        size="small"
        rowKey="id"
        loading={list.isPending}
        dataSource={rows}
        pagination={false}
        scroll={{ x: 860 }}
        locale={{ emptyText: t('changes.none') }}
        columns={[
          { title: t('changes.when'), width: 110, render: (_, one) => <Ago at={one.at} /> },
          { title: t('changes.who'), dataIndex: 'actor', width: 120 },
          {
            title: t('changes.what'),
            width: 250,
            render: (_, one) => (
              <>
                {t(`changes.subject.${one.subject}`)} <code>{one.code}</code>
              </>
            ),
          },
          {
            title: t('changes.action'),
            width: 100,
            render: (_, one) => t(`changes.actions.${one.action}`),
          },
          { title: t('changes.difference'), render: (_, one) => <Difference change={one} /> },
          {
            title: '',
            width: 90,
            align: 'right',
            render: (_, one) =>
              one.undone ? (
                <span className={styles.soft}>{t('changes.isUndone')}</span>
              ) : one.action === 'undo' || one.action === 'import' || one.action === 'photo' ? null : (
                <Popconfirm
                  title={t('changes.undoTitle')}
                  okText={t('changes.undo')}
                  onConfirm={() => undo.mutate(one.batch)}
                >
                  <Button size="small">{t('changes.undo')}</Button>
                </Popconfirm>
              ),
          },
        ]}
      />
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('changes.older')}
        </Button>
      )}
    </div>
  );
}

/** What differs, field by field, and why. */
function Difference({ change }: { change: RegisterChange }) {
  return (
    <>
      {change.reason && <div>{change.reason}</div>}
      <ChangedFields change={change} whole />
    </>
  );
}
