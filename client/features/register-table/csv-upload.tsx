import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Input, Modal, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TableResult } from '#contract/rules';
import { useName } from '../../i18n/use-language.ts';
import { ErrorNote } from '../access/error-note.tsx';
import { fetchJson } from '../access/fetch-json.ts';
import { useServerDay } from '../clock/use-server-day.ts';
import styles from './csv-upload.module.css';

interface CsvUploadProps {
  name: 'classes' | 'limits' | 'units' | 'duties';
  onClose: () => void;
}

/** A table as a file: first what it would change and what is wrong with it, then, with a reason, the change. */
export function CsvUpload({ name, onClose }: CsvUploadProps) {
  const { t } = useTranslation('admin');
  const { message } = App.useApp();
  const client = useQueryClient();
  const today = useServerDay();
  const [file, setFile] = useState<File>();
  const [on, setOn] = useState(today);
  const [keepMissing, setKeepMissing] = useState(true);
  const [reason, setReason] = useState('');
  const put = (dryRun: boolean, version?: string) => {
    const query = new URLSearchParams({
      dryRun: String(dryRun),
      keepMissing: String(keepMissing),
      on,
      reason: reason.trim() || t('csvIn.trial'),
      ...(version === undefined ? {} : { expectedVersion: version }),
    });
    return fetchJson<TableResult>(`/${name}.csv?${query.toString()}`, {
      method: 'PUT',
      body: file,
      headers: { 'content-type': 'text/csv' },
    });
  };
  const trial = useMutation({ mutationFn: () => put(true) });
  const write = useMutation({
    mutationFn: () => put(false, trial.data?.version),
    onSuccess: async ({ added, changed, ended }) => {
      void message.success(t('csvIn.written', { count: added + changed + ended }));
      await client.invalidateQueries();
      onClose();
    },
  });
  const forget = () => {
    trial.reset();
    write.reset();
  };
  const result = trial.data;
  const changes = result ? result.added + result.changed + result.ended : 0;
  const ready = result !== undefined && result.errors.length === 0 && changes > 0 && reason.trim() !== '';
  return (
    <Modal
      open
      width={640}
      title={t('csvIn.title', { table: t(`tab.${name}`) })}
      onCancel={onClose}
      onOk={() => write.mutate()}
      okText={t('csvIn.write', { count: changes })}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={write.isPending}
    >
      <div className={styles.upload}>
        <p>{t('csvIn.hint')}</p>
        <div className={styles.row}>
          <Upload
            accept=".csv,text/csv"
            maxCount={1}
            showUploadList={false}
            beforeUpload={(chosen) => {
              setFile(chosen);
              forget();
              return false;
            }}
          >
            <Button>{file ? file.name : t('csvIn.choose')}</Button>
          </Upload>
          <label>
            {t('limits.from')}
            <Input
              type="date"
              value={on}
              min={today}
              onChange={(event) => {
                setOn(event.target.value);
                forget();
              }}
            />
          </label>
          <Button
            type="primary"
            disabled={!file || !on}
            loading={trial.isPending}
            onClick={() => trial.mutate()}
          >
            {t('csvIn.try')}
          </Button>
        </div>
        <Checkbox
          checked={keepMissing}
          onChange={(event) => {
            setKeepMissing(event.target.checked);
            forget();
          }}
        >
          {t('csvIn.keepMissing')}
        </Checkbox>
        <ErrorNote error={trial.error ?? write.error} />
        {result && <TrialResult result={result} />}
        {result && result.errors.length === 0 && changes > 0 && (
          <label>
            {t('reason')}
            <Input maxLength={400} value={reason} onChange={(event) => setReason(event.target.value)} />
          </label>
        )}
      </div>
    </Modal>
  );
}

const LINES_SHOWN = 100;

function TrialResult({ result }: { result: TableResult }) {
  const { t } = useTranslation('admin');
  const name = useName();
  return (
    <>
      <dl className={styles.figures}>
        {(['added', 'changed', 'ended', 'unchanged'] as const).map((figure) => (
          <div key={figure}>
            <dt>{t(`csvIn.figure.${figure}`)}</dt>
            <dd>{result[figure]}</dd>
          </div>
        ))}
        <div>
          <dt>{t('csvIn.figure.errors')}</dt>
          <dd>{result.errors.length}</dd>
        </div>
      </dl>
      {result.errors.length > 0 ? (
        <ul className={styles.lines} tabIndex={0} aria-label={t('csvIn.figure.errors')}>
          {result.errors.slice(0, LINES_SHOWN).map((error, index) => (
            <li key={index}>
              <span>{t('csvIn.line', { line: error.line })}</span>
              <div>
                {error.field && <code>{error.field}</code>} {name(error.reason)}
              </div>
            </li>
          ))}
        </ul>
      ) : (
        result.changes.length > 0 && (
          <ul className={styles.lines} tabIndex={0} aria-label={t('csvIn.changes')}>
            {result.changes.slice(0, LINES_SHOWN).map((change, index) => (
              <li key={index}>
                <span>{t(`csvIn.action.${change.action}`)}</span>
                <div>
                  {change.code} {change.fields.length > 0 && <span>{change.fields.join(', ')}</span>}
                </div>
              </li>
            ))}
          </ul>
        )
      )}
    </>
  );
}
