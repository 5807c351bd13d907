import type { Camera } from '#contract/cameras';
import type { FramingResult } from '#contract/reports';
import { FramingTile } from '../../features/reports/framing-tile.tsx';
import type { ServerPreview } from '../../features/reports/use-framing-preview.ts';
import { PanelBoundary } from '../../ui/panel-boundary.tsx';
import { EmptyTile } from './empty-tile.tsx';
import type { Layout } from './operator-search.ts';
import { TileHead } from './tile-head.tsx';
import styles from './video-grid.module.css';

interface VideoGridProps {
  layout: Layout;
  tiles: (Camera | undefined)[];
  cameras: Camera[];
  preview: ServerPreview | undefined;
  onChoose: (index: number, cameraId: string) => void;
  onAlone: (cameraId: string) => void;
  onFiled: (result: FramingResult) => void;
}

export function VideoGrid({ layout, tiles, cameras, preview, onChoose, onAlone, onFiled }: VideoGridProps) {
  return (
    <div className={styles.grid} data-layout={layout}>
      {tiles.map((camera, index) => (
        <section key={camera?.id ?? `empty ${index}`} className={styles.tile}>
          <TileHead index={index} camera={camera} cameras={cameras} onChoose={onChoose} onAlone={onAlone} />
          <PanelBoundary>
            {camera ? <FramingTile camera={camera} preview={preview} onFiled={onFiled} /> : <EmptyTile />}
          </PanelBoundary>
        </section>
      ))}
    </div>
  );
}
