import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Edition } from '#contract/codes';
import type { ClassEntry } from '#contract/dictionary';
import { useName } from '../../i18n/use-language.ts';
import { CsvExchange } from '../register-table/csv-exchange.tsx';
import { RegisterTable } from '../register-table/register-table.tsx';
import styles from './class-table.module.css';
import { ClassForm } from './class-form.tsx';
import { ClassTranslations } from './class-translations.tsx';
import { CodeReader } from './code-reader.tsx';
import { classesOfQuery } from './dictionary-api.ts';
import { SetState } from './set-in-force.tsx';

const editions: Edition[] = [2026, 2013, 2007];

const textsOf = ({ id, name, majorName, pinyin }: ClassEntry) => [id, name.zh, name.en, majorName.zh, pinyin];

/** Three generations of the dictionary, what each class became, and a reader of codes. */
export function ClassTable() {
  const { t } = useTranslation('admin');
  const name = useName();
  const [edition, setEdition] = useState<Edition>(2026);
  const [edited, setEdited] = useState<ClassEntry>();
  const list = useQuery(classesOfQuery(edition));
  return (
    <div className={styles.classes}>
      <CodeReader />
      <RegisterTable<ClassEntry>
        list={list}
        rowKey="id"
        width={760}
        find={{ label: t('classes.find'), texts: textsOf }}
        count={(count) => t('classes.count', { count })}
        filters={
          <Segmented<Edition>
            value={edition}
            onChange={setEdition}
            options={editions.map((value) => ({ value, label: t(`classes.edition.e${value}`) }))}
          />
        }
        files={
          <>
            <CsvExchange name="classes" />
            <SetState key={edition} edition={edition} />
          </>
        }
        expandable={{ expandedRowRender: (entry) => <ClassTranslations entry={entry} /> }}
        columns={[
          { title: t('classes.code'), dataIndex: 'id', width: 120 },
          { title: t('classes.name'), render: (_, entry) => name(entry.name) },
          { title: t('classes.major'), width: 180, render: (_, entry) => name(entry.majorName) },
          {
            title: t('duties.kind'),
            width: 100,
            render: (_, entry) => t(`duties.kinds.${entry.kind}`),
          },
          {
            title: t('classes.stance'),
            width: 100,
            render: (_, entry) => t(`classes.stances.${entry.stance}`),
          },
          {
            title: t('classes.limits'),
            width: 80,
            align: 'right',
            render: (_, entry) => entry.limits.length,
          },
          {
            title: '',
            width: 80,
            align: 'right',
            render: (_, entry) => (
              <Button size="small" onClick={() => setEdited(entry)}>
                {t('edit')}
              </Button>
            ),
          },
        ]}
      />
      {edited && <ClassForm entry={edited} onClose={() => setEdited(undefined)} />}
    </div>
  );
}
