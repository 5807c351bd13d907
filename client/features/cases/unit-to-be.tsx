import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import { useName } from '../../i18n/use-language.ts';
import { resolvedUnitOf } from './action-fields.ts';
import styles from './unit-to-be.module.css';
import { useLiveCase } from './use-live-case.ts';

/** The unit that a case without one would go to by the rules, or the one proposed to who coordinates. */
export function UnitToBe({ one }: { one: Pick<CaseSummary, 'id' | 'noSubject' | 'stage'> }) {
  const { t } = useTranslation('cases');
  if (one.stage !== 'dispatch') return <span className={styles.soft}>{t('noUnit')}</span>;
  return <Resolved id={one.id} />;
}

function Resolved({ id }: { id: string }) {
  const { t } = useTranslation('cases');
  const name = useName();
  const { data } = useLiveCase(id);
  if (!data) return <span className={styles.soft}>…</span>;
  const resolved = resolvedUnitOf(data);
  if (resolved) return <span className={styles.toBe}>{t('unitToBe', { unit: name(resolved.name) })}</span>;
  return (
    <span className={styles.soft}>
      {data.proposed ? t('proposalHint', { unit: name(data.proposed.name) }) : t('noUnit')}
    </span>
  );
}
