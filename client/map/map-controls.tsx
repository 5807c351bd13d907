import type { ReactNode } from 'react';
import styles from './district-map.module.css';
import type { MapScene } from './map-scene.ts';
import type { MapTexts } from './map-texts.ts';

/** Nearer, farther, whole district, north up, from above. */
export function MapControls({
  scene,
  texts,
  onHome,
}: {
  scene: MapScene;
  texts: MapTexts;
  onHome: () => void;
}) {
  const { navigation } = scene;
  return (
    <div className={styles.controls} role="group">
      <Control label={texts.zoomIn} onClick={() => navigation.zoom(0.55)}>
        <path d="M8 3.5v9M3.5 8h9" />
      </Control>
      <Control label={texts.zoomOut} onClick={() => navigation.zoom(1.8)}>
        <path d="M3.5 8h9" />
      </Control>
      <Control label={texts.home} onClick={onHome}>
        <path d="M2.5 8 8 3l5.5 5M4.5 7v6h7V7" />
      </Control>
      <Control label={texts.north} onClick={() => navigation.turnNorth()}>
        <path d="M8 2 11 13 8 10.6 5 13z" />
      </Control>
      <Control label={texts.tilt} onClick={() => navigation.toggleTilt()}>
        <path d="M2 11.5 5 5h6l3 6.5zM3.6 8.2h8.8" />
      </Control>
    </div>
  );
}

function Control({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className={styles.control} aria-label={label} title={label} onClick={onClick}>
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        {children}
      </svg>
    </button>
  );
}
