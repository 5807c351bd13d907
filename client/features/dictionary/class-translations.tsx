import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Edition } from '#contract/codes';
import type { ClassEntry } from '#contract/dictionary';
import { useName } from '../../i18n/use-language.ts';
import styles from './class-table.module.css';
import { translationQuery } from './dictionary-api.ts';

/** What a class is in the other generations, and how sure that is. */
export function ClassTranslations({ entry }: { entry: ClassEntry }) {
  const { t } = useTranslation('admin');
  const name = useName();
  const others = ([2007, 2013, 2026] as Edition[]).filter((edition) => edition !== entry.edition);
  const answers = useQueries({ queries: others.map((edition) => translationQuery(entry.id, edition)) });
  return (
    <ul className={styles.translations}>
      {others.map((edition, index) => {
        const answer = answers[index];
        return (
          <li key={edition}>
            <span className={styles.soft}>{t(`classes.edition.e${edition}`)}</span>{' '}
            {answer?.isPending && t('loading')}
            {answer?.isError && t('failed')}
            {answer?.data?.to.length === 0 && t('classes.noSuccessor')}
            {answer?.data?.to.map((one) => (
              <span key={one.id}>
                {name(one.name)} {one.id}
                <span className={styles.soft}>
                  {' '}
                  · {t(`classes.relation.${one.relation}`)}
                  {!one.reviewed && ` · ${t('classes.notReviewed')}`}{' '}
                </span>
              </span>
            ))}
          </li>
        );
      })}
    </ul>
  );
}
