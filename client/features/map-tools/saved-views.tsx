import { DeleteOutlined, SaveOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MapView, NewMapView } from '#contract/map';
import { StateNote } from '../../ui/state-note.tsx';
import { ErrorNote } from '../access/error-note.tsx';
import { useMe } from '../access/use-me.ts';
import { addMapView, mapViewsQuery, removeMapView, replaceMapView } from './api.ts';
import styles from './layer-panel.module.css';
import { readMapSearch, searchOfState, stateOfSearch, type MapViewState } from './map-search.ts';

interface SavedViewsProps {
  map: MapViewState;
  onOpen: (view: MapViewState) => void;
}

/** Place, layers and colours under a name: one's own, and those that a supervisor shares with everybody. */
export function SavedViews({ map, onOpen }: SavedViewsProps) {
  const { t } = useTranslation('map');
  const { role } = useMe();
  const client = useQueryClient();
  const views = useQuery(mapViewsQuery);
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const again = () => client.invalidateQueries({ queryKey: mapViewsQuery.queryKey });
  const search = () => ({ ...searchOfState(map) });
  const add = useMutation({
    mutationFn: (view: NewMapView) => addMapView(view),
    onSuccess: () => {
      setName('');
      return again();
    },
  });
  const replace = useMutation({
    mutationFn: (view: MapView) =>
      replaceMapView(view.id, { name: view.name, shared: view.shared, search: search() }),
    onSuccess: again,
  });
  const remove = useMutation({ mutationFn: removeMapView, onSuccess: again });
  const mayShare = role === 'administrator' || role === 'supervisor';
  const trimmed = name.trim();
  return (
    <section aria-label={t('views')}>
      <h2>{t('views')}</h2>
      {views.isError && (
        <StateNote
          kind="error"
          title={t('viewsFailed')}
          action={{ label: t('retry'), run: () => void views.refetch() }}
        />
      )}
      {views.data?.length === 0 && <p className={styles.none}>{t('viewsEmpty')}</p>}
      <ul className={styles.views}>
        {views.data?.map((view) => (
          <li key={view.id}>
            <button
              type="button"
              className={styles.view}
              title={t('open', { name: view.name })}
              onClick={() => onOpen(stateOfSearch(readMapSearch(view.search)))}
            >
              {view.name}
              {view.shared && <small>{t('sharedMark')}</small>}
            </button>
            {view.mine && (
              <>
                <Button
                  size="small"
                  type="text"
                  icon={<SaveOutlined />}
                  aria-label={t('overwrite', { name: view.name })}
                  title={t('overwrite', { name: view.name })}
                  onClick={() => replace.mutate(view)}
                />
                <Button
                  size="small"
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t('remove', { name: view.name })}
                  title={t('remove', { name: view.name })}
                  onClick={() => remove.mutate(view.id)}
                />
              </>
            )}
          </li>
        ))}
      </ul>
      <form
        className={styles.save}
        onSubmit={(event) => {
          event.preventDefault();
          if (trimmed) add.mutate({ name: trimmed, shared: mayShare && shared, search: search() });
        }}
      >
        <Input
          value={name}
          maxLength={80}
          aria-label={t('viewName')}
          placeholder={t('viewName')}
          onChange={(event) => setName(event.target.value)}
        />
        <Button htmlType="submit" disabled={!trimmed} loading={add.isPending}>
          {t('save')}
        </Button>
        {mayShare && (
          <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)}>
            {t('share')}
          </Checkbox>
        )}
      </form>
      <ErrorNote error={add.error ?? replace.error ?? remove.error} />
    </section>
  );
}
