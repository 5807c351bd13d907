import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role, SampleAccount } from '#contract/access';
import { useName } from '../../i18n/use-language.ts';
import { sampleAccountsQuery } from './api.ts';
import styles from './sample-accounts.module.css';

/** In the order in which a case passes through their hands. */
const roleOrder: Role[] = [
  'operator',
  'wall',
  'area-head',
  'unit-clerk',
  'collector',
  'intake-clerk',
  'dispatcher',
  'supervisor',
  'administrator',
  'evaluator',
  'hotline',
];

interface SampleAccountsProps {
  onEnter: (username: string) => void;
  busy: boolean;
}

/** One click into each sample account, offered only to a browser on the server's own machine. */
export function SampleAccounts({ onEnter, busy }: SampleAccountsProps) {
  const { t } = useTranslation(['access', 'shell']);
  const { data } = useQuery(sampleAccountsQuery);
  const [filter, setFilter] = useState('');
  const name = useName();
  if (!data || data.length === 0) return null;
  const wanted = filter.trim().toLowerCase();
  const fits = (account: SampleAccount) =>
    !wanted ||
    [account.username, account.name.zh, account.name.en, account.scopeName.zh, account.scopeName.en].some(
      (text) => text.toLowerCase().includes(wanted),
    );
  const groups = roleOrder
    .map((role) => ({ role, accounts: data.filter((account) => account.role === role && fits(account)) }))
    .filter((group) => group.accounts.length > 0);
  return (
    <section className={styles.samples} aria-labelledby="samples-title">
      <header className={styles.head}>
        <div>
          <h2 id="samples-title" className={styles.title}>
            {t('samples')}
          </h2>
          <p className={styles.hint}>{t('samplesHint')}</p>
        </div>
        <Input
          allowClear
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          placeholder={t('samplesFilter')}
          aria-label={t('samplesFilter')}
          className={styles.filter}
        />
      </header>
      {groups.length === 0 && <p className={styles.hint}>{t('samplesNone')}</p>}
      {groups.map(({ role, accounts }) => (
        <div key={role} className={styles.group}>
          <h3 className={styles.role}>{t(`shell:role.${role}`)}</h3>
          <p className={styles.does}>{t(`does.${role}`)}</p>
          <ul className={styles.list}>
            {accounts.map((account) => (
              <li key={account.username}>
                <button
                  type="button"
                  className={styles.account}
                  disabled={busy}
                  data-account={account.username}
                  onClick={() => onEnter(account.username)}
                >
                  <span className={styles.scope}>{name(account.scopeName)}</span>
                  <span className={styles.username}>{account.username}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
