import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Part, PartFilter } from '#contract/parts';
import { StateNote } from '../../ui/state-note.tsx';
import { useErrorText } from '../access/use-error-text.ts';
import { ErrorNote } from '../access/error-note.tsx';
import { useMe } from '../access/use-me.ts';
import { ExportMenu } from '../exports/export-menu.tsx';
import { useMeasures } from '../grid/use-measures.ts';
import { MOST_CHANGED, partListQuery } from './api.ts';
import { BulkStateDialog } from './bulk-state-dialog.tsx';
import { mayEditParts } from './may-edit.ts';
import { partQuery } from './part-filter.ts';
import { PartFilters } from './part-filters.tsx';
import styles from './part-list.module.css';
import { usePartPatches } from './part-patches.ts';
import { PartTable } from './part-table.tsx';
import { usePartSelection } from './use-part-selection.ts';

interface PartListProps {
  filter: Omit<PartFilter, 'bbox'>;
  /** `west,south,east,north` of what the map shows, when only that is wanted. */
  bbox: string | undefined;
  inView: boolean;
  openCode: string | undefined;
  onFilter: (filter: Omit<PartFilter, 'bbox'>) => void;
  onInView: (inView: boolean) => void;
  onOpen: (part: Part) => void;
  onAdd: () => void;
  onClose: () => void;
  isPhone: boolean;
}

/** The register of parts as a list: filter it, change many at once, take it away as a file. */
export function PartList(props: PartListProps) {
  const { filter, bbox, inView, openCode, onFilter, onInView, onOpen, onAdd, onClose, isPhone } = props;
  const { t } = useTranslation(['register', 'shell']);
  const me = useMe();
  const measures = useMeasures();
  const errorText = useErrorText();
  const whole: PartFilter = useMemo(() => ({ ...filter, ...(bbox ? { bbox } : {}) }), [filter, bbox]);
  const list = useInfiniteQuery({ ...partListQuery(whole), placeholderData: keepPreviousData });
  const parts = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data]);
  const patch = usePartPatches((state) => state.put);
  useEffect(() => {
    if (list.data && !list.isPlaceholderData) patch(parts.filter(({ version }) => version > 1));
  }, [list.data, list.isPlaceholderData, parts, patch]);
  const mayEdit = mayEditParts(me.role);
  const selection = usePartSelection(partQuery(whole));
  const [changing, setChanging] = useState(false);
  const isEmpty = list.data !== undefined && parts.length === 0 && !list.isPlaceholderData;
  const count = selection.codes.size;
  return (
    <section className={styles.list} aria-label={t('parts')} data-waiting={list.isPlaceholderData}>
      <header className={styles.bar}>
        <h2 className={styles.title}>{t('parts')}</h2>
        <span className={styles.count} role="status">
          {list.data &&
            t(list.hasNextPage ? 'partsShown' : 'partsAll', { value: measures.number(parts.length) })}
        </span>
        <span className={styles.tools}>
          {mayEdit && (
            <Button icon={<PlusOutlined />} onClick={onAdd} data-action="add">
              {t('part.add')}
            </Button>
          )}
          <ExportMenu layer="parts" query={partQuery(whole)} />
          <Button type="text" icon={<CloseOutlined />} aria-label={t('partsClose')} onClick={onClose} />
        </span>
      </header>
      <PartFilters filter={filter} inView={inView} onChange={onFilter} onInView={onInView} />
      {mayEdit && (count > 0 || selection.gathering !== null || selection.error !== null) && (
        <div className={styles.chosen} role="region" aria-label={t('column.select')}>
          <strong>
            {selection.gathering === null
              ? t('selected', { value: measures.number(count) })
              : t('selecting', { value: measures.number(selection.gathering) })}
          </strong>
          {selection.isCut && <span>{t('selectedMost', { value: measures.number(MOST_CHANGED) })}</span>}
          <Button
            type="primary"
            disabled={count === 0 || selection.gathering !== null}
            onClick={() => setChanging(true)}
            data-action="bulk"
          >
            {t('changeState')}
          </Button>
          <Button
            onClick={() => selection.selectAll(whole)}
            loading={selection.gathering !== null}
            data-action="all"
          >
            {t('selectAll')}
          </Button>
          <Button type="text" onClick={selection.clear}>
            {t('selectNone')}
          </Button>
          <ErrorNote error={selection.error} />
        </div>
      )}
      {!list.data && !list.error && <StateNote kind="loading" title={t('partsWaiting')} />}
      {list.error && parts.length === 0 && (
        <StateNote
          kind="error"
          title={errorText(list.error)}
          action={{ label: t('shell:retry'), run: () => void list.refetch() }}
        />
      )}
      {isEmpty && (
        <StateNote
          kind="empty"
          title={t('partsNone')}
          hint={t('partsNoneHint')}
          action={{
            label: t('clearFilters'),
            run: () => {
              onFilter({});
              onInView(false);
            },
          }}
        />
      )}
      {parts.length > 0 && (
        <PartTable
          key={partQuery(whole)}
          parts={parts}
          hasMore={list.hasNextPage}
          isLoadingMore={list.isFetchingNextPage}
          onMore={() => void list.fetchNextPage()}
          openCode={openCode}
          onOpen={onOpen}
          selection={mayEdit ? selection : undefined}
          isPhone={isPhone}
        />
      )}
      {changing && (
        <BulkStateDialog
          codes={[...selection.codes]}
          onClose={() => setChanging(false)}
          onDone={() => {
            setChanging(false);
            selection.clear();
          }}
        />
      )}
    </section>
  );
}
