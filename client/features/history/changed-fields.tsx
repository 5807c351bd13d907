import { useTranslation } from 'react-i18next';
import type { RegisterChange } from '#contract/history';
import { useName } from '../../i18n/use-language.ts';
import { metresBetween } from '../grid/metres-between.ts';
import { useMeasures } from '../grid/use-measures.ts';
import { isPartState } from '../parts/part-states.ts';
import { changedFields, positionOf } from './describe-change.ts';
import styles from './history-list.module.css';

/** Before and after of every field that changed. */
export function ChangedFields({ change }: { change: RegisterChange }) {
  const { t, i18n } = useTranslation('register');
  const name = useName();
  const measures = useMeasures();
  const fields = changedFields(change);
  // What was added is the thing itself: the card shows it.
  if (fields.length === 0 || change.action === 'add' || change.action === 'import') return null;

  const nameOf = (field: string) =>
    i18n.exists(`history.field.${field}`, { ns: 'register' }) ? t(`history.field.${field as 'note'}`) : field;

  function textOf(field: string, value: unknown): string {
    if (value === undefined || value === null || value === '') return t('none');
    if (field === 'state' && isPartState(value)) return t(`state.${value}`);
    const position = positionOf(value);
    if (position) return measures.position(position);
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (Array.isArray(value)) return value.length === 0 ? t('none') : String(value.length);
    if (isNamed(value)) return typeof value.name === 'string' ? value.name : name(value.name);
    return '…';
  }

  return (
    <dl className={styles.fields}>
      {fields.map(({ field, before, after }) => {
        const [from, to] = [positionOf(before), positionOf(after)];
        return (
          <div key={field}>
            <dt>{nameOf(field)}</dt>
            <dd>
              {from && to ? (
                t('history.moved', { distance: measures.distance(metresBetween(from, to)) })
              ) : (
                <>
                  <del>{textOf(field, before)}</del> <span aria-hidden>→</span>{' '}
                  <ins>{textOf(field, after)}</ins>
                </>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function isNamed(value: unknown): value is { name: string | { zh: string; en: string } } {
  return typeof value === 'object' && value !== null && 'name' in value;
}
