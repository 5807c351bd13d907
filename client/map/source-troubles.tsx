import type { MapSource } from '#contract/map';
import styles from './district-map.module.css';
import { mapTexts } from './map-texts.ts';

/** Names the sources that do not answer; the map goes on without them. */
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
        const name = sources.find((one) => one.id === id)?.name;
        return (
          <li key={id}>
            {name?.[language] || name?.zh || id}
            {language === 'zh' ? '：' : ' '}
            {mapTexts[language].sourceFailed}
          </li>
        );
      })}
    </ul>
  );
}
