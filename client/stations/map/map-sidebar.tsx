import {
  AppstoreOutlined,
  MenuFoldOutlined,
  MenuUnfoldOutlined,
  PlusOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LonLat } from '#contract/shared';
import { useMe } from '../../features/access/use-me.ts';
import { LayerPanel } from '../../features/map-tools/layer-panel.tsx';
import type { MapViewState } from '../../features/map-tools/map-search.ts';
import { mayEditParts } from '../../features/parts/may-edit.ts';
import { leadOf } from '../../features/search/lead-to.ts';
import { SearchBox } from '../../features/search/search-box.tsx';
import { useLeads } from '../../features/search/use-leads.ts';
import { useSearchShortcut } from '../../features/search/use-search-shortcut.ts';
import { PanelBoundary } from '../../ui/panel-boundary.tsx';
import styles from './map-station.module.css';
import { PhoneSheet } from './phone-sheet.tsx';
import type { MapAddress } from './use-map-address.ts';

interface MapSidebarProps {
  isPhone: boolean;
  near: LonLat | undefined;
  address: MapAddress;
  map: MapViewState;
  onAdd: () => void;
}

/** Search, the register and the layers; it folds away, and lies over the map on a phone. */
export function MapSidebar({ isPhone, near, address, map, onAdd }: MapSidebarProps) {
  const { t } = useTranslation('register');
  const me = useMe();
  const input = useRef<HTMLInputElement>(null);
  const [folded, setFolded] = useState(false);
  const [layersShown, setLayersShown] = useState(false);
  const { leads, follow } = useLeads();
  useSearchShortcut(() => {
    setFolded(false);
    // The box may only be there after this.
    requestAnimationFrame(() => input.current?.focus());
  });
  const box = (
    <SearchBox
      inputRef={input}
      near={near && { lon: near.lon, lat: near.lat }}
      leads={leads}
      onChoose={(found) => {
        const lead = leadOf(found);
        if (found.kind === 'case') address.select({ kind: 'case', id: found.id });
        else if (lead?.to === 'map') address.lead(lead.search);
        else if (lead?.to === 'parts') address.listParts(lead.filter);
        else follow(found);
      }}
    />
  );
  const isListed = address.search.list ?? false;
  const buttons = (
    <>
      <Button
        icon={<UnorderedListOutlined />}
        aria-pressed={isListed}
        onClick={() => address.showList(!isListed)}
        data-action="list"
      >
        {t('parts')}
      </Button>
      {mayEditParts(me.role) && (
        <Button icon={<PlusOutlined />} onClick={onAdd} data-action="add-here">
          {t('part.add')}
        </Button>
      )}
    </>
  );

  if (isPhone) {
    return (
      <>
        <div className={styles.phoneTop}>
          {box}
          <div className={styles.phoneTools}>
            <Button
              icon={<AppstoreOutlined />}
              aria-pressed={layersShown}
              onClick={() => setLayersShown(!layersShown)}
            >
              {t('layers')}
            </Button>
            {buttons}
          </div>
        </div>
        {layersShown && (
          <PhoneSheet label={t('layers')} size="half">
            <div className={styles.sheetClose}>
              <Button type="text" onClick={() => setLayersShown(false)}>
                {t('close')}
              </Button>
            </div>
            <LayerPanel map={map} onChange={address.setMap} />
          </PhoneSheet>
        )}
      </>
    );
  }
  return (
    <aside className={styles.sidebar} aria-label={t('sidebar')} data-folded={folded}>
      <Button
        type="text"
        className={styles.fold ?? ''}
        icon={folded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        aria-label={t(folded ? 'sidebarShow' : 'sidebarHide')}
        aria-expanded={!folded}
        onClick={() => setFolded(!folded)}
      />
      {!folded && (
        <>
          <div className={styles.sidebarTop}>
            {box}
            <div className={styles.sidebarButtons}>{buttons}</div>
          </div>
          <div className={styles.sidebarBody}>
            <PanelBoundary>
              <LayerPanel map={map} onChange={address.setMap} />
            </PanelBoundary>
          </div>
        </>
      )}
    </aside>
  );
}
