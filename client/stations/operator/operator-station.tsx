import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FramingResult } from '#contract/reports';
import { camerasQuery } from '../../features/cameras/api.ts';
import { CaseDrawer } from '../../features/cases/case-drawer.tsx';
import { CaseQueue } from '../../features/cases/case-queue.tsx';
import { useOpenCases } from '../../features/cases/use-open-cases.ts';
import { useErrorText } from '../../features/access/use-error-text.ts';
import { FramingFacts } from '../../features/reports/framing-facts.tsx';
import { useFramingStore } from '../../features/reports/framing-store.ts';
import { projectFraming } from '../../features/reports/local-projection.ts';
import { UndoToast } from '../../features/reports/undo-toast.tsx';
import { useFramingPreview } from '../../features/reports/use-framing-preview.ts';
import { useLikelyClass } from '../../features/reports/use-likely-class.ts';
import { Panel } from '../../ui/panel.tsx';
import { StateNote } from '../../ui/state-note.tsx';
import { OperatorMap } from './operator-map.tsx';
import { camerasOfTiles, layouts, type Layout } from './operator-search.ts';
import styles from './operator-station.module.css';
import { VideoGrid } from './video-grid.tsx';

/** Video on the left, the map and the queue on the right; a rectangle on the one shows on the other. */
export function OperatorStation() {
  const { t } = useTranslation(['framing', 'shell']);
  const errorText = useErrorText();
  const { layout = 4, cameras: chosen, case: caseId } = useSearch({ from: '/signed-in/framed/operator' });
  const navigate = useNavigate({ from: '/operator' });
  const { data: cameras, error, refetch } = useQuery(camerasQuery);
  const cases = useOpenCases();
  const framing = useFramingStore((store) => store.framing);
  const preview = useFramingPreview(framing, useLikelyClass());
  const local = useMemo(() => (framing ? projectFraming(framing) : undefined), [framing]);
  const [filed, setFiled] = useState<FramingResult | null>(null);
  const tiles = useMemo(
    () =>
      camerasOfTiles(cameras?.map(({ id }) => id) ?? [], layout, chosen).map((id) =>
        cameras?.find((one) => one.id === id),
      ),
    [cameras, layout, chosen],
  );
  const open = useCallback(
    (id: string | undefined) =>
      void navigate({ search: ({ case: _, ...rest }) => (id ? { ...rest, case: id } : rest), replace: true }),
    [navigate],
  );
  const choose = (index: number, cameraId: string) => {
    const ids = tiles.map((camera) => camera?.id ?? '');
    const elsewhere = ids.indexOf(cameraId);
    if (elsewhere !== -1) ids[elsewhere] = ids[index] ?? '';
    ids[index] = cameraId;
    void navigate({ search: (search) => ({ ...search, cameras: ids.join(',') }), replace: true });
  };
  const setLayout = (next: Layout, first?: string) => {
    const rest = tiles.flatMap((camera) => (camera && camera.id !== first ? [camera.id] : []));
    const ids = first ? [first, ...rest] : rest;
    void navigate({
      search: (search) => ({ ...search, layout: next, cameras: ids.join(',') }),
      replace: true,
    });
  };
  const forget = useCallback(() => setFiled(null), []);
  return (
    <div className={styles.station}>
      <h1 className="visually-hidden">{t('shell:station.operator')}</h1>
      <Panel
        title={t('video')}
        flush
        extra={
          <>
            <span className={styles.howTo}>{t('howTo')}</span>
            <Segmented<Layout>
              aria-label={t('layout')}
              value={layout}
              onChange={(next) => setLayout(next)}
              options={layouts.map((value) => ({
                value,
                label: String(value),
                title: t('layoutOf', { count: value }),
              }))}
            />
          </>
        }
      >
        {error && !cameras && (
          <StateNote
            kind="error"
            title={errorText(error)}
            action={{ label: t('shell:retry'), run: () => void refetch() }}
          />
        )}
        {cameras?.length === 0 && <StateNote kind="empty" title={t('noCameras')} hint={t('noCamerasHint')} />}
        {cameras && cameras.length > 0 && (
          <VideoGrid
            layout={layout}
            tiles={tiles}
            cameras={cameras}
            preview={preview}
            onChoose={choose}
            onAlone={(id) => setLayout(layout === 1 ? 4 : 1, id)}
            onFiled={setFiled}
          />
        )}
      </Panel>
      <div className={styles.side}>
        <Panel title={t('map')} flush>
          <OperatorMap
            cases={cases}
            selectedCaseId={caseId}
            onOpen={open}
            onCamera={(id) => choose(0, id)}
            framing={framing}
            local={local}
            preview={preview}
          />
        </Panel>
        {framing ? (
          <FramingFacts local={local} preview={preview} />
        ) : (
          <Panel title={t('queue', { count: cases.length })} flush>
            <CaseQueue cases={cases} selectedId={caseId} onSelect={open} />
          </Panel>
        )}
      </div>
      {filed && <UndoToast key={filed.id} result={filed} onDone={forget} onOpen={open} />}
      <CaseDrawer caseId={caseId} onClose={() => open(undefined)} />
    </div>
  );
}
