import { PhoneOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import { CaseTags } from '../../features/cases/case-tags.tsx';
import { UrgeButton } from '../../features/cases/urge-button.tsx';
import { DueClock } from '../../features/clock/due-clock.tsx';
import { useFormats } from '../../features/clock/use-formats.ts';
import { useDivisionName } from '../../features/grid/use-division-name.ts';
import { useName } from '../../i18n/use-language.ts';
import { useNow } from '../../realtime/live-store.tsx';
import styles from './area-case.module.css';

/** One case for a chief: its light, who holds it and for how long, the telephone, and the urge. */
export function AreaCase({ one, onOpen }: { one: CaseSummary; onOpen: (id: string) => void }) {
  const { t } = useTranslation(['area', 'cases']);
  const name = useName();
  const divisionName = useDivisionName();
  const formats = useFormats();
  const now = useNow(10_000);
  const held = formats.duration(Math.max(60, (now - Date.parse(one.stageSince)) / 1000), 'natural');
  return (
    <article className={styles.card} data-case={one.id}>
      <button type="button" className={styles.open} onClick={() => onOpen(one.id)}>
        <span className={styles.name}>{name(one.className)}</span>
        <CaseTags one={one} />
        <span className={styles.stage}>{t(`cases:stage.${one.stage}`)}</span>
      </button>
      <DueClock face={one} timing={one.timing} short />
      <p className={styles.where}>
        {divisionName(one.subdistrictCode)} · {divisionName(one.communityCode)}
      </p>
      <div className={styles.holder}>
        <p>
          <span className={styles.word}>{t('heldBy')}</span>
          {one.unit && one.stage === 'handling' ? name(one.unit.name) : t('cases:centre')}
          <span className={styles.word}>{t('heldFor', { duration: held })}</span>
        </p>
        <div className={styles.buttons}>
          {one.unit?.phone && (
            <a className={styles.phone} href={`tel:${one.unit.phone}`} title={name(one.unit.name)}>
              <PhoneOutlined aria-hidden />
              <span className="visually-hidden">{t('call', { unit: name(one.unit.name) })}</span>
              {one.unit.phone}
            </a>
          )}
          <UrgeButton one={one} />
        </div>
      </div>
    </article>
  );
}
