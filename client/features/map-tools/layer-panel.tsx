import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Segmented, Switch } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useName } from '../../i18n/use-language.ts';
import { defaultLayers, type LayerSetting } from '../../map/layer-setting.ts';
import { lightsThemes, type LightsForm, type LightsTheme } from '../../map/lights-theme.ts';
import { useMapCameras, useMapSources } from '../../map/use-map-data.ts';
import { serverNow, useCases } from '../../realtime/live-store.tsx';
import { isOpen } from '../cases/case-light.ts';
import styles from './layer-panel.module.css';
import type { MapViewState } from './map-search.ts';
import { moveLayer, withSources } from './order-layers.ts';
import { PartLegend } from './part-legend.tsx';
import { SavedViews } from './saved-views.tsx';

interface LayerPanelProps {
  map: MapViewState;
  onChange: (change: Partial<MapViewState>) => void;
}

/** What the map shows, how strongly and in which order; colours of cells, daylight, saved views. */
export function LayerPanel({ map, onChange }: LayerPanelProps) {
  const { t } = useTranslation('map');
  const name = useName();
  const sources = useMapSources();
  const [text, setText] = useState('');
  const [dragged, setDragged] = useState<string>();
  const cameras = useMapCameras();
  const cases = useCases();
  const openCases = useMemo(() => cases.filter(isOpen).length, [cases]);
  const layers = withSources(map.layers, sources);
  const describe = ({ id }: LayerSetting): { title: string; hint: string; count?: number } => {
    if (id.startsWith('source:')) {
      const source = sources.find((one) => `source:${one.id}` === id);
      const kind = source?.kind === 'terrain' ? 'terrain' : source?.kind === '3d-tiles' ? 'tiles' : 'picture';
      return { title: source ? name(source.name) : id.slice(7), hint: t(`source.${kind}`) };
    }
    const own = id as Exclude<typeof id, `source:${string}`>;
    const count = own === 'cases' ? openCases : own === 'cameras' ? cameras.length : undefined;
    return {
      title: t(`layer.${own}`),
      hint: t(`hint.${own}`),
      ...(count === undefined ? {} : { count }),
    };
  };
  const set = (id: string, change: Partial<LayerSetting>) =>
    onChange({ layers: layers.map((one) => (one.id === id ? { ...one, ...change } : one)) });
  const move = (id: string, to: number) => onChange({ layers: moveLayer(layers, id, to) });
  // The uppermost first, as on a pile.
  const listed = layers.toReversed().map((setting) => ({ setting, ...describe(setting) }));
  const found = listed.filter(({ title }) => title.toLowerCase().includes(text.trim().toLowerCase()));

  return (
    <div className={styles.panel}>
      <section aria-label={t('layers')}>
        <header className={styles.head}>
          <h2>{t('layers')}</h2>
          <Button size="small" type="text" onClick={() => onChange({ layers: [...defaultLayers] })}>
            {t('reset')}
          </Button>
        </header>
        <Input
          allowClear
          value={text}
          aria-label={t('find')}
          placeholder={t('find')}
          onChange={(event) => setText(event.target.value)}
        />
        {found.length === 0 && <p className={styles.none}>{t('noneFound', { text: text.trim() })}</p>}
        <ul className={styles.layers}>
          {found.map(({ setting, title, hint, count }) => {
            const at = layers.indexOf(setting);
            return (
              <li
                key={setting.id}
                draggable
                data-layer={setting.id}
                data-dragged={dragged === setting.id}
                onDragStart={() => setDragged(setting.id)}
                onDragEnd={() => setDragged(undefined)}
                onDragOver={(event) => event.preventDefault()}
                onDrop={() => dragged && move(dragged, at)}
              >
                <Checkbox
                  className={styles.name ?? ''}
                  checked={setting.shown}
                  aria-label={t('show', { name: title })}
                  onChange={(event) => set(setting.id, { shown: event.target.checked })}
                >
                  <span className={styles.title}>{title}</span>
                  <span className={styles.hint}>
                    {count === undefined ? hint : t('counts', { number: count.toLocaleString('en') })}
                  </span>
                </Checkbox>
                <input
                  type="range"
                  min={10}
                  max={100}
                  step={10}
                  value={Math.round(setting.opacity * 100)}
                  disabled={!setting.shown}
                  aria-label={t('opacity', { name: title })}
                  onChange={(event) => set(setting.id, { opacity: Number(event.target.value) / 100 })}
                />
                <Button
                  size="small"
                  type="text"
                  icon={<ArrowUpOutlined />}
                  disabled={at === layers.length - 1}
                  aria-label={t('up', { name: title })}
                  onClick={() => move(setting.id, at + 1)}
                />
                <Button
                  size="small"
                  type="text"
                  icon={<ArrowDownOutlined />}
                  disabled={at === 0}
                  aria-label={t('down', { name: title })}
                  onClick={() => move(setting.id, at - 1)}
                />
              </li>
            );
          })}
        </ul>
      </section>
      <section aria-label={t('theme')}>
        <h2>{t('theme')}</h2>
        <Segmented<LightsTheme>
          block
          value={map.theme}
          onChange={(theme) => onChange({ theme })}
          options={lightsThemes.map((value) => ({
            value,
            label: t(`themes.${themeKeys[value]}`),
          }))}
        />
        {map.theme !== 'none' && (
          <Segmented<LightsForm>
            block
            aria-label={t('form')}
            value={map.form}
            onChange={(form) => onChange({ form })}
            options={(['flat', 'columns'] as const).map((value) => ({ value, label: t(`forms.${value}`) }))}
          />
        )}
      </section>
      <section aria-label={t('daylight')} className={styles.daylight}>
        <h2>{t('daylight')}</h2>
        <Switch
          size="small"
          checked={map.daylight !== undefined}
          aria-label={t('daylight')}
          onChange={(on) => onChange({ daylight: on ? new Date(serverNow()) : undefined })}
        />
        {map.daylight && (
          <input
            type="datetime-local"
            aria-label={t('daylightTime')}
            value={toLocal(map.daylight)}
            onChange={(event) => {
              const at = new Date(event.target.value);
              if (Number.isFinite(at.getTime())) onChange({ daylight: at });
            }}
          />
        )}
      </section>
      <PartLegend />
      <SavedViews map={map} onOpen={onChange} />
    </div>
  );
}

/** As a field of local time takes it. */
function toLocal(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

const themeKeys = {
  none: 'none',
  'lights-open': 'open',
  'lights-overdue': 'overdue',
  'lights-score': 'score',
} as const;
