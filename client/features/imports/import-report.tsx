import { Alert, Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportOptions, ImportResult } from '#contract/imports';
import type { Job } from '#contract/jobs';
import { useLanguage, useName } from '../../i18n/use-language.ts';
import { ErrorNote } from '../access/error-note.tsx';
import { useRunAgain, useSaveProfile } from './api.ts';
import { DatumSelect, isDatum } from './datum-select.tsx';
import styles from './import-report.module.css';
import { MappingForm } from './mapping-form.tsx';
import { RowErrors } from './row-errors.tsx';

interface ImportReportProps {
  job: Job;
  result: ImportResult;
  onStarted: (jobId: string) => void;
}

/** What a run found: counts, warnings, mapping to correct, rows to look at; and the next run. */
export function ImportReport({ job, result, onStarted }: ImportReportProps) {
  const { t } = useTranslation('admin');
  const name = useName();
  const language = useLanguage();
  const run = useRunAgain(job.id);
  const save = useSaveProfile();
  const [mapping, setMapping] = useState(result.mapping);
  const [datum, setDatum] = useState<string | undefined>(result.datum);
  const [sourceLayer, setSourceLayer] = useState(result.sourceLayer);
  const [leaveOut, setLeaveOut] = useState(false);
  const [accept, setAccept] = useState(false);
  const [profileName, setProfileName] = useState('');
  const number = (value: number) => value.toLocaleString(language);
  const { counts } = result;
  const changed =
    JSON.stringify(mapping) !== JSON.stringify(result.mapping) ||
    datum !== result.datum ||
    sourceLayer !== result.sourceLayer;
  const blocking = result.warnings.some((warning) => warning.blocking);
  const missing = result.fields.some(({ name: field, required }) => required && !mapping[field]);
  const nothing = counts.added + counts.updated === 0;
  const start = (dryRun: boolean) => {
    const options: ImportOptions = {
      mapping,
      dryRun,
      ...(datum !== undefined && isDatum(datum) ? { datum } : {}),
      ...(sourceLayer === undefined ? {} : { sourceLayer }),
      ...(leaveOut ? { rejected: 'leave-out' } : {}),
      ...(accept ? { acceptWarnings: true } : {}),
    };
    run.mutate(options, { onSuccess: (next) => onStarted(next.id) });
  };
  const mayWrite =
    !changed && !missing && !nothing && (counts.rejected === 0 || leaveOut) && (!blocking || accept);
  return (
    <div className={styles.report}>
      <dl className={styles.counts}>
        {(['read', 'added', 'updated', 'unchanged', 'rejected'] as const).map((key) => (
          <div key={key} data-kind={key} data-zero={counts[key] === 0}>
            <dt>{t(`import.count.${key}`)}</dt>
            <dd>{number(counts[key])}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.file}>
        {result.fileName} · {t(`import.format.${result.format}`)}
        {result.encoding && ` · ${result.encoding}`}
        {result.rowsPerSecond > 0 &&
          ` · ${t('job.rate.rows', { rate: number(Math.round(result.rowsPerSecond)) })}`}
      </p>
      {result.written && <Alert type="success" showIcon title={t('import.written')} />}
      {!result.written && !result.dryRun && <Alert type="error" showIcon title={t('import.notWritten')} />}
      {result.warnings.map((warning) => (
        <Alert
          key={warning.code}
          type={warning.blocking ? 'warning' : 'info'}
          showIcon
          title={name(warning.message)}
          data-code={warning.code}
        />
      ))}
      <RowErrors jobId={job.id} errors={result.errors} total={counts.rejected} fields={result.fields} />
      {!result.written && (
        <>
          <section>
            <h3 className={styles.heading}>{t('import.mapping')}</h3>
            <div className={styles.choices}>
              <label>
                {t('datum.label')}
                <DatumSelect value={datum} onChange={setDatum} />
              </label>
              {result.sourceLayers.length > 1 && (
                <label>
                  {t('import.sourceLayer')}
                  <Select
                    style={{ width: '100%' }}
                    value={sourceLayer ?? null}
                    onChange={(value: string | null) => setSourceLayer(value ?? undefined)}
                    options={result.sourceLayers.map(({ name: value, rows }) => ({
                      value,
                      label: rows === undefined ? value : `${value} (${number(rows)})`,
                    }))}
                  />
                </label>
              )}
            </div>
            <MappingForm result={result} mapping={mapping} onChange={setMapping} disabled={run.isPending} />
          </section>
          <div className={styles.next}>
            <div className={styles.consent}>
              {counts.rejected > 0 && (
                <Checkbox checked={leaveOut} onChange={(event) => setLeaveOut(event.target.checked)}>
                  {t('import.leaveOut', { count: counts.rejected })}
                </Checkbox>
              )}
              {blocking && (
                <Checkbox checked={accept} onChange={(event) => setAccept(event.target.checked)}>
                  {t('import.accept')}
                </Checkbox>
              )}
            </div>
            <div className={styles.actions}>
              <Button loading={run.isPending} disabled={missing} onClick={() => start(true)}>
                {t('import.tryAgain')}
              </Button>
              <Button
                type="primary"
                loading={run.isPending}
                disabled={!mayWrite}
                onClick={() => start(false)}
              >
                {t('import.write', { count: counts.added + counts.updated })}
              </Button>
              {!mayWrite && <span className={styles.why}>{whyNot()}</span>}
            </div>
            <ErrorNote error={run.error} />
          </div>
        </>
      )}
      <form
        className={styles.profile}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(
            {
              name: profileName.trim(),
              layer: result.layer,
              mapping,
              ...(datum !== undefined && isDatum(datum) ? { datum } : {}),
            },
            { onSuccess: () => setProfileName('') },
          );
        }}
      >
        <Input
          value={profileName}
          maxLength={80}
          onChange={(event) => setProfileName(event.target.value)}
          placeholder={t('import.profileName')}
          aria-label={t('import.profileName')}
        />
        <Button htmlType="submit" loading={save.isPending} disabled={profileName.trim() === ''}>
          {t('import.profileSave')}
        </Button>
        {save.isSuccess && <span className={styles.why}>{t('import.profileSaved')}</span>}
        <ErrorNote error={save.error} />
      </form>
    </div>
  );

  function whyNot(): string {
    if (missing) return t('import.why.missing');
    if (changed) return t('import.why.changed');
    if (blocking && !accept) return t('import.why.blocking');
    if (counts.rejected > 0 && !leaveOut) return t('import.why.rejected');
    return t('import.why.nothing');
  }
}
