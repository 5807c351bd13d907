import type { MapSource } from '#contract/map';
import styles from './district-map.module.css';
import { mapTexts } from './map-texts.ts';

/** Names the sources that do not answer or cannot be shown; the map goes on without them. */
export function SourceTroubles({
  ids,
  sources = [],
  language,
}: {
  ids: string[];
  sources: readonly MapSource[] | undefined;
  language: 'zh' | 'en';
}) {
  return (
    <ul className={styles.troubles} role="status">
      {ids.map((id) => {
        const source = sources.find((one) => one.id === id);
        const name = source?.name;
        return (
          <li key={id}>
            {name?.[language] || name?.zh || id}
            {language === 'zh' ? '：' : ' '}
            {source?.kind === 'terrain' ? mapTexts[language].terrainRefused : mapTexts[language].sourceFailed}
          </li>
        );
      })}
    </ul>
  );
}
