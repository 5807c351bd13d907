import { useQuery } from '@tanstack/react-query';
import { Button, Input, Segmented, Table } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Edition } from '#contract/codes';
import type { ClassEntry } from '#contract/dictionary';
import { useName } from '../../i18n/use-language.ts';
import { StateNote } from '../../ui/state-note.tsx';
import styles from './class-table.module.css';
import { ClassForm } from './class-form.tsx';
import { ClassTranslations } from './class-translations.tsx';
import { CodeReader } from './code-reader.tsx';
import { classesOfQuery } from './dictionary-api.ts';

const editions: Edition[] = [2026, 2013, 2007];

/** Three generations of the dictionary, what each class became, and a reader of codes. */
export function ClassTable() {
  const { t } = useTranslation('admin');
  const name = useName();
  const [edition, setEdition] = useState<Edition>(2026);
  const [q, setQ] = useState('');
  const [edited, setEdited] = useState<ClassEntry>();
  const { data, isPending, isError, refetch } = useQuery(classesOfQuery(edition));
  const rows = useMemo(() => {
    const text = q.trim().toLowerCase();
    return (data ?? []).filter((entry) =>
      [entry.id, entry.name.zh, entry.name.en, entry.majorName.zh, entry.pinyin].some((one) =>
        one.toLowerCase().includes(text),
      ),
    );
  }, [data, q]);
  return (
    <div className={styles.classes}>
      <CodeReader />
      <div className={styles.tools}>
        <Segmented<Edition>
          value={edition}
          onChange={setEdition}
          options={editions.map((value) => ({ value, label: t(`classes.edition.e${value}`) }))}
        />
        <Input.Search
          allowClear
          value={q}
          onChange={(event) => setQ(event.target.value)}
          placeholder={t('classes.find')}
          aria-label={t('classes.find')}
          style={{ width: 260 }}
        />
        <span className={styles.soft}>{t('classes.count', { count: rows.length })}</span>
        <a href={`/api/v1/classes.csv?edition=${edition}`} download>
          {t('csv')}
        </a>
      </div>
      {isError ? (
        <StateNote
          kind="error"
          title={t('failed')}
          action={{ label: t('again'), run: () => void refetch() }}
        />
      ) : (
        <Table<ClassEntry>
          size="small"
          rowKey="id"
          loading={isPending}
          dataSource={rows}
          pagination={{ pageSize: 50, showSizeChanger: false, size: 'small' }}
          scroll={{ x: 760 }}
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
      )}
      {edited && <ClassForm entry={edited} onClose={() => setEdited(undefined)} />}
    </div>
  );
}
