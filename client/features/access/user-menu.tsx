import { Dropdown, type MenuProps } from 'antd';
import { DownOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../../i18n/i18n.ts';
import { useLanguage, useName } from '../../i18n/use-language.ts';
import { useSignOut } from './api.ts';
import { useMe } from './use-me.ts';
import styles from './user-menu.module.css';

/** Who one is and what one may see; the language; the way out. */
export function UserMenu() {
  const me = useMe();
  const name = useName();
  const language = useLanguage();
  const { t } = useTranslation('shell');
  const signOut = useSignOut();
  // A full load: nothing of the session stays in memory.
  const leave = () => signOut.mutate(undefined, { onSettled: () => location.assign('/login') });
  const items: MenuProps['items'] = [
    {
      key: 'who',
      type: 'group',
      label: `${t(`role.${me.role}`)} · ${name(me.scopeName)}`,
    },
    {
      key: 'language',
      label: language === 'en' ? '中文' : 'English',
      onClick: () => void chooseLanguage(language === 'en' ? 'zh-CN' : 'en'),
    },
    { key: 'leave', label: t('signOut'), onClick: leave },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <button type="button" className={styles.button} aria-label={t('account', { name: name(me.name) })}>
        <span className={styles.name}>{name(me.name)}</span>
        <DownOutlined className={styles.arrow} />
      </button>
    </Dropdown>
  );
}
