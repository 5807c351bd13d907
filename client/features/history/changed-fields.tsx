import { useTranslation } from 'react-i18next';
import type { RegisterChange } from '#contract/history';
import { useName } from '../../i18n/use-language.ts';
import { metresBetween } from '../grid/metres-between.ts';
import { useMeasures } from '../grid/use-measures.ts';
import { isPartState } from '../parts/part-states.ts';
import { changedFields, positionOf } from './describe-change.ts';
import styles from './history-list.module.css';

/**
 * Before and after of every field that changed.
 * @param whole also what a thing was added with: where no card shows it
 */
export function ChangedFields({ change, whole = false }: { change: RegisterChange; whole?: boolean }) {
  const { t, i18n } = useTranslation('register');
  const name = useName();
  const measures = useMeasures();
  const fields = changedFields(change);
  // What was added is the thing itself: the card shows it.
  const added = change.action === 'add' || change.action === 'import';
  if (fields.length === 0 || (added && !whole)) return null;

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
    if (isNames(value)) return name(value);
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
                  {!added && (
                    <>
                      <del>{textOf(field, before)}</del> <span aria-hidden>→</span>{' '}
                    </>
                  )}
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

function isNames(value: unknown): value is { zh: string; en: string } {
  return typeof value === 'object' && value !== null && 'zh' in value && 'en' in value;
}

function isNamed(value: unknown): value is { name: string | { zh: string; en: string } } {
  return typeof value === 'object' && value !== null && 'name' in value;
}
