import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Form, Input, Popconfirm, Table, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ApiKey, NewApiKey } from '#contract/access';
import { StateNote } from '../../ui/state-note.tsx';
import { ErrorNote } from '../access/error-note.tsx';
import { Ago } from '../clock/ago.tsx';
import { apiKeysQuery, useIssueKey, useRevokeKey } from './api.ts';
import styles from './api-keys.module.css';

/** Keys by which machines and GIS programs read what a person may read. */
export function ApiKeys() {
  const { t } = useTranslation('admin');
  const { data, isPending, isError, refetch } = useQuery(apiKeysQuery);
  const issue = useIssueKey();
  const revoke = useRevokeKey();
  const [form] = Form.useForm<NewApiKey & { writes?: boolean }>();
  const origin = window.location.origin;
  return (
    <div className={styles.keys}>
      <p className={styles.hint}>{t('keys.hint')}</p>
      <dl className={styles.addresses}>
        {[
          ['OGC API', `${origin}/ogc`],
          ['MVT', `${origin}/api/v1/tiles/parts.json`],
        ].map(([label, address]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <Typography.Text code copyable>
                {address}
              </Typography.Text>
            </dd>
          </div>
        ))}
      </dl>
      <Form
        form={form}
        layout="inline"
        onFinish={({ name, username, writes }) =>
          issue.mutate(
            { name, ...(username ? { username } : {}), readOnly: writes !== true },
            { onSuccess: () => form.resetFields() },
          )
        }
      >
        <Form.Item name="name" rules={[{ required: true, message: t('keys.nameMissing') }]}>
          <Input placeholder={t('keys.name')} aria-label={t('keys.name')} maxLength={80} />
        </Form.Item>
        <Form.Item name="username">
          <Input placeholder={t('keys.owner')} aria-label={t('keys.owner')} maxLength={64} />
        </Form.Item>
        <Form.Item name="writes" valuePropName="checked">
          <Checkbox>{t('keys.writes')}</Checkbox>
        </Form.Item>
        <Button htmlType="submit" type="primary" loading={issue.isPending}>
          {t('keys.issue')}
        </Button>
      </Form>
      <ErrorNote error={issue.error ?? revoke.error} />
      {issue.data && (
        <Alert
          type="success"
          showIcon
          title={t('keys.issued', { name: issue.data.name })}
          description={
            <Typography.Text code copyable>
              {issue.data.key}
            </Typography.Text>
          }
        />
      )}
      {isError ? (
        <StateNote
          kind="error"
          title={t('failed')}
          action={{ label: t('again'), run: () => void refetch() }}
        />
      ) : (
        <Table<ApiKey>
          size="small"
          rowKey="id"
          loading={isPending}
          dataSource={data ?? []}
          pagination={false}
          scroll={{ x: 760 }}
          locale={{ emptyText: t('keys.none') }}
          columns={[
            { title: t('keys.name'), dataIndex: 'name' },
            { title: t('keys.ownerShort'), dataIndex: 'username' },
            {
              title: t('keys.prefix'),
              dataIndex: 'prefix',
              render: (prefix: string) => <code>{prefix}…</code>,
            },
            {
              title: t('keys.rights'),
              render: (_, key) => t(key.readOnly ? 'keys.readOnly' : 'keys.readWrite'),
            },
            { title: t('keys.created'), render: (_, key) => <Ago at={key.createdAt} /> },
            {
              title: t('keys.used'),
              render: (_, key) => (key.lastUsedAt ? <Ago at={key.lastUsedAt} /> : t('keys.never')),
            },
            {
              title: '',
              align: 'right',
              render: (_, key) =>
                key.revokedAt ? (
                  <span className={styles.hint}>{t('keys.revoked')}</span>
                ) : (
                  <Popconfirm
                    title={t('keys.revokeTitle', { name: key.name })}
                    okText={t('keys.revoke')}
                    onConfirm={() => revoke.mutate(key.id)}
                  >
                    <Button size="small" danger>
                      {t('keys.revoke')}
                    </Button>
                  </Popconfirm>
                ),
            },
          ]}
        />
      )}
    </div>
  );
}
