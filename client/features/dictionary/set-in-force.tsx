import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClassSetChange, PutSetInForce, SetInForce } from '#contract/dictionary';
import { useName } from '../../i18n/use-language.ts';
import { StateNote } from '../../ui/state-note.tsx';
import { ErrorNote } from '../access/error-note.tsx';
import { fetchJson } from '../access/fetch-json.ts';
import { useErrorText } from '../access/use-error-text.ts';
import { classSetsQuery, consequencesQuery } from './dictionary-api.ts';
import styles from './set-in-force.module.css';

/** Whether the edition looked at is in force; if not, the way to put it in force. */
export function SetState({ edition }: { edition: number }) {
  const { t } = useTranslation('admin');
  const { data: sets } = useQuery(classSetsQuery);
  const [asked, setAsked] = useState(false);
  const set = sets?.find((one) => one.edition === edition);
  if (!set) return null;
  if (set.active) return <Tag color="blue">{t('sets.inForce')}</Tag>;
  return (
    <>
      <Button onClick={() => setAsked(true)}>{t('sets.putInForce')}</Button>
      {asked && <PutInForce edition={edition} onClose={() => setAsked(false)} />}
    </>
  );
}

function PutInForce({ edition, onClose }: { edition: number; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const { message } = App.useApp();
  const errorText = useErrorText();
  const client = useQueryClient();
  const [form] = Form.useForm<{ reason: string }>();
  const { data, error, refetch } = useQuery(consequencesQuery(edition));
  const put = useMutation({
    mutationFn: (body: PutSetInForce) =>
      fetchJson<SetInForce>(`/class-sets/${edition}/put-in-force`, { method: 'POST', body }),
    onSuccess: async ({ limits, duties }) => {
      void message.success(t('sets.done', { edition, limits, duties }));
      onClose();
      await client.invalidateQueries();
    },
    // Somebody changed the rules meanwhile: what was said is no longer so.
    onError: () => refetch(),
  });
  return (
    <Modal
      open
      width={600}
      title={t('sets.title', { edition })}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('sets.putInForce')}
      okButtonProps={{ danger: true, disabled: !data }}
      confirmLoading={put.isPending}
    >
      {error && (
        <StateNote
          kind="error"
          title={errorText(error)}
          action={{ label: t('again'), run: () => void refetch() }}
        />
      )}
      {!data && !error && <StateNote kind="loading" title={t('sets.comparing')} />}
      {data && (
        <div className={styles.change}>
          <p>{t('sets.hint')}</p>
          <Consequences change={data} />
          <Form
            form={form}
            layout="vertical"
            onFinish={({ reason }) => put.mutate({ reason, expectedVersion: data.version })}
          >
            <Form.Item
              name="reason"
              label={t('reason')}
              rules={[{ required: true, whitespace: true, message: t('reasonMissing') }]}
            >
              <Input maxLength={400} />
            </Form.Item>
          </Form>
          <ErrorNote error={put.error} />
        </div>
      )}
    </Modal>
  );
}

function Consequences({ change }: { change: ClassSetChange }) {
  const { t } = useTranslation('admin');
  const name = useName();
  const { classes, limits, duties } = change;
  const carriedClasses = classes.before - classes.open - classes.none.length;
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('sets.carried')}</th>
            <th scope="col">{t('sets.own')}</th>
            <th scope="col">{t('sets.open')}</th>
            <th scope="col">{t('sets.none')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('sets.classes')}</th>
            <td>{carriedClasses}</td>
            <td>—</td>
            <td>{classes.open}</td>
            <td data-loss={classes.none.length > 0}>{classes.none.length}</td>
          </tr>
          {[['limits', limits] as const, ['duties', duties] as const].map(([what, row]) => (
            <tr key={what}>
              <th scope="row">{t(`sets.${what}`)}</th>
              <td>{row.carried}</td>
              <td>{row.own}</td>
              <td data-loss={row.open > 0}>{row.open}</td>
              <td data-loss={row.none > 0}>{row.none}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {classes.withoutLimit > 0 && (
        <p role="alert">{t('sets.withoutLimit', { count: classes.withoutLimit, all: classes.after })}</p>
      )}
      {classes.none.length > 0 && (
        <details>
          <summary>{t('sets.noneOf', { count: classes.none.length })}</summary>
          <p className={styles.classes}>
            {classes.none.map(({ id, name: names }) => (
              <Tag key={id}>
                {name(names)} {id}
              </Tag>
            ))}
          </p>
        </details>
      )}
    </>
  );
}
