import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FieldRule, ImportMapping, ImportResult } from '#contract/imports';
import { useName } from '../../i18n/use-language.ts';
import styles from './mapping-form.module.css';

interface MappingFormProps {
  result: ImportResult;
  mapping: ImportMapping;
  onChange: (mapping: ImportMapping) => void;
  disabled: boolean;
}

const CONSTANT = '\u0000constant';

/** Which column of the file fills which of our fields, with samples so that one sees what one chooses. */
export function MappingForm({ result, mapping, onChange, disabled }: MappingFormProps) {
  const { t } = useTranslation('admin');
  const name = useName();
  const set = (field: string, rule: FieldRule | undefined) => {
    const { [field]: _, ...others } = mapping;
    onChange(rule ? { ...others, [field]: rule } : others);
  };
  const columns = result.columns.map((column) => ({ value: column.name, label: column.name }));
  const geometry = ['@geometry', '@lon', '@lat'].map((value) => ({
    value,
    label: t(`import.own.${value.slice(1) as 'geometry'}`),
  }));
  return (
    <table className={styles.mapping}>
      <thead>
        <tr>
          <th scope="col">{t('import.field')}</th>
          <th scope="col">{t('import.column')}</th>
          <th scope="col">{t('import.samples')}</th>
        </tr>
      </thead>
      <tbody>
        {result.fields.map((field) => {
          const rule = mapping[field.name];
          const column = result.columns.find((one) => one.name === rule?.column);
          const isConstant = rule?.constant !== undefined;
          const missing = field.required && !rule;
          return (
            <tr key={field.name} data-missing={missing}>
              <th scope="row">
                {name(field.label)}
                {field.required && <span className={styles.required}> *</span>}
              </th>
              <td>
                <Select
                  size="small"
                  className={styles.select ?? ''}
                  allowClear
                  disabled={disabled}
                  showSearch={{ optionFilterProp: 'label' }}
                  aria-label={name(field.label)}
                  status={missing ? 'error' : ''}
                  placeholder={field.required ? t('import.choose') : t('import.leaveEmpty')}
                  value={isConstant ? CONSTANT : (rule?.column ?? null)}
                  onChange={(value: string | undefined) =>
                    set(
                      field.name,
                      value === undefined
                        ? undefined
                        : value === CONSTANT
                          ? { constant: field.choices?.[0]?.value ?? '' }
                          : { ...(rule?.values ? { values: rule.values } : {}), column: value },
                    )
                  }
                  options={[{ value: CONSTANT, label: t('import.constant') }, ...geometry, ...columns]}
                />
              </td>
              <td className={styles.samples}>
                {isConstant && field.choices && (
                  <Select
                    size="small"
                    className={styles.select ?? ''}
                    disabled={disabled}
                    showSearch={{ optionFilterProp: 'label' }}
                    aria-label={t('import.constantOf', { field: name(field.label) })}
                    value={rule.constant ?? null}
                    onChange={(constant: string) => set(field.name, { constant })}
                    options={field.choices.map(({ value, label }) => ({
                      value,
                      label: `${name(label)} · ${value}`,
                    }))}
                  />
                )}
                {isConstant && !field.choices && (
                  <Input
                    size="small"
                    disabled={disabled}
                    aria-label={t('import.constantOf', { field: name(field.label) })}
                    value={rule.constant}
                    onChange={(event) => set(field.name, { constant: event.target.value })}
                  />
                )}
                {column && (
                  <>
                    {column.samples.slice(0, 3).join(' · ')}
                    <span className={styles.filled}>
                      {' '}
                      {t('import.filled', { percent: Math.round(100 * column.filled) })}
                    </span>
                  </>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
