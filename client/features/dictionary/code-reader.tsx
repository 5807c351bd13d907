import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useName } from '../../i18n/use-language.ts';
import { ErrorNote } from '../access/error-note.tsx';
import styles from './class-table.module.css';
import { codeQuery } from './dictionary-api.ts';

/** Any code of the field, read digit by digit. */
export function CodeReader() {
  const { t } = useTranslation('admin');
  const name = useName();
  const [typed, setTyped] = useState('');
  const { data, error } = useQuery(codeQuery(typed.trim()));
  return (
    <section className={styles.reader}>
      <Input
        allowClear
        value={typed}
        maxLength={20}
        onChange={(event) => setTyped(event.target.value)}
        placeholder={t('classes.read')}
        aria-label={t('classes.read')}
        style={{ maxWidth: 320 }}
      />
      {data && (
        <>
          <p>
            {t(`classes.form.${data.form}`)}
            {data.editions.length > 0 && ` · ${data.editions.join('、')}`} ·{' '}
            {t(data.valid ? 'classes.valid' : 'classes.invalid')}
          </p>
          <dl className={styles.pieces}>
            {data.pieces.map((piece, index) => (
              <div key={index}>
                <dt>{t(`classes.piece.${piece.name as 'district'}`, { defaultValue: piece.name })}</dt>
                <dd>
                  {piece.digits} <small>{piece.meaning ? name(piece.meaning) : ''}</small>
                </dd>
              </div>
            ))}
          </dl>
          {data.problems.map((problem) => (
            <p key={problem.zh} role="alert">
              {name(problem)}
            </p>
          ))}
        </>
      )}
      <ErrorNote error={error} />
    </section>
  );
}
