import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Part, PartEdit } from '#contract/parts';
import { ApiError } from '../access/fetch-json.ts';
import { useMeasures } from '../grid/use-measures.ts';
import styles from './part-conflict.module.css';

type Field = Exclude<keyof PartEdit, 'expectedVersion' | 'reason'>;

export function isStale(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === 'STALE_VERSION';
}

/** The part as it is now, from the answer that refused the change. */
function currentOf(error: ApiError): Part | undefined {
  const details = error.details;
  if (typeof details !== 'object' || details === null || !('part' in details)) return undefined;
  return details.part as Part;
}

interface PartConflictProps {
  /** As it was when the editing began. */
  before: Part;
  mine: PartEdit;
  error: ApiError;
  busy: boolean;
  onKeep: () => void;
  onApply: (version: number) => void;
}

/** Somebody was faster: both versions beside each other, and which of them shall be. */
export function PartConflict({ before, mine, error, busy, onKeep, onApply }: PartConflictProps) {
  const { t } = useTranslation('register');
  const measures = useMeasures();
  const theirs = currentOf(error);
  const fields = (Object.keys(mine) as (keyof PartEdit)[]).filter(
    (key): key is Field => key !== 'expectedVersion' && key !== 'reason',
  );
  const others = theirs
    ? (
        [
          'state',
          'position',
          'owner',
          'maintainer',
          'maintenanceUntil',
          'authority',
          'note',
          'source',
        ] as const
      )
        .filter((field) => !fields.includes(field))
        .filter((field) => JSON.stringify(before[field] ?? null) !== JSON.stringify(theirs[field] ?? null))
    : [];

  function textOf(field: Field, value: Part[Field] | PartEdit[Field]): string {
    if (value === undefined || value === null || value === '') return t('none');
    if (field === 'state') return t(`state.${value as Part['state']}`);
    if (typeof value === 'string') return value;
    return 'lon' in value ? measures.position(value) : `${value.name} ${value.code}`;
  }

  return (
    <Alert
      type="warning"
      showIcon
      className={styles.conflict ?? ''}
      data-conflict
      title={t('part.conflict')}
      description={
        <>
          {theirs && (
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{t('part.conflictField')}</th>
                  <th scope="col">{t('part.conflictTheirs')}</th>
                  <th scope="col">{t('part.conflictMine')}</th>
                </tr>
              </thead>
              <tbody>
                {[...fields, ...others].map((field) => (
                  <tr key={field}>
                    <th scope="row">{t(`history.field.${field}`)}</th>
                    <td>{textOf(field, theirs[field])}</td>
                    <td>{fields.includes(field) ? textOf(field, mine[field]) : '—'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <div className={styles.buttons}>
            <Button onClick={onKeep}>{t('part.conflictKeep')}</Button>
            {theirs && (
              <Button type="primary" loading={busy} onClick={() => onApply(theirs.version)}>
                {t('part.conflictApply')}
              </Button>
            )}
          </div>
        </>
      }
    />
  );
}
