import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import styles from './map-toolbar.module.css';
import type { MapTexts } from './map-texts.ts';
import type { MapTool } from './map-tool.ts';
import { writePosition, writtenDatums, type WrittenDatum } from './measure/write-position.ts';
import type { PointerStore } from './pointer-store.ts';

interface MapToolbarProps {
  tool: MapTool;
  onTool: (tool: MapTool) => void;
  pointer: PointerStore;
  texts: MapTexts;
}

/** Measuring, and where the pointer is in the datum that somebody asks for. */
export function MapToolbar({ tool, onTool, pointer, texts }: MapToolbarProps) {
  const toggle = (wanted: MapTool) => onTool(tool === wanted ? 'none' : wanted);
  return (
    <div className={styles.bar}>
      <div className={styles.tools} role="group" aria-label={texts.tools}>
        <Tool
          label={texts.measureLine}
          pressed={tool === 'measure-line'}
          onClick={() => toggle('measure-line')}
        >
          <path d="M2 11 11 2l3 3-9 9zM5 8l1.5 1.5M7.5 5.5 9 7" />
        </Tool>
        <Tool
          label={texts.measureArea}
          pressed={tool === 'measure-area'}
          onClick={() => toggle('measure-area')}
        >
          <path d="M3 4.5 11 2.5l2.5 8-9 2.5z" />
        </Tool>
      </div>
      {tool !== 'none' && (
        <p className={styles.how} role="status">
          {tool === 'measure-area' ? texts.howArea : texts.howLine}
        </p>
      )}
      <Readout pointer={pointer} texts={texts} />
    </div>
  );
}

function Readout({ pointer, texts }: { pointer: PointerStore; texts: MapTexts }) {
  const position = useSyncExternalStore(pointer.subscribe, pointer.read);
  const [datum, setDatum] = useState<WrittenDatum>('wgs84');
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);
  const names: Record<WrittenDatum, string> = {
    wgs84: 'WGS 84',
    gcj02: 'GCJ-02',
    bd09: 'BD-09',
    gk: texts.gaussKruger,
  };
  const text = position ? writePosition(position, datum) : '—';
  return (
    <div className={styles.readout}>
      <select
        value={datum}
        aria-label={texts.datum}
        onChange={(event) => setDatum(event.target.value as WrittenDatum)}
      >
        {writtenDatums.map((one) => (
          <option key={one} value={one}>
            {names[one]}
          </option>
        ))}
      </select>
      <output aria-label={texts.position}>{text}</output>
      <button
        type="button"
        disabled={!position}
        title={texts.copyHint}
        onClick={() => void navigator.clipboard?.writeText(text).then(() => setCopied(true))}
      >
        {copied ? texts.copied : texts.copy}
      </button>
    </div>
  );
}

function Tool({
  label,
  pressed,
  onClick,
  children,
}: {
  label: string;
  pressed: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <button type="button" aria-label={label} title={label} aria-pressed={pressed} onClick={onClick}>
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        {children}
      </svg>
    </button>
  );
}
