import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Credentials } from '#contract/access';
import { Brand } from '../../ui/brand.tsx';
import { LanguageSwitch } from '../../ui/language-switch.tsx';
import { PanelBoundary } from '../../ui/panel-boundary.tsx';
import { useSignIn, type SignIn } from './api.ts';
import { ErrorNote } from './error-note.tsx';
import styles from './login-page.module.css';
import { SampleAccounts } from './sample-accounts.tsx';

export function LoginPage() {
  const { t } = useTranslation('access');
  const { to, ended } = useSearch({ from: '/login' });
  const navigate = useNavigate();
  const signIn = useSignIn();
  const enter = (who: SignIn) => signIn.mutate(who, { onSuccess: () => void navigate({ to: to ?? '/' }) });
  return (
    <div className={styles.page}>
      <main className={styles.card}>
        <header className={styles.head}>
          <h1>
            <Brand large />
          </h1>
          <LanguageSwitch />
        </header>
        <p className={styles.claim}>{t('claim')}</p>
        {ended && !signIn.error && <p className={styles.ended}>{t('ended')}</p>}
        <ErrorNote error={signIn.error} />
        <Form<Credentials> layout="vertical" requiredMark={false} onFinish={enter} className={styles.form}>
          <Form.Item
            name="username"
            label={t('username')}
            rules={[{ required: true, message: t('usernameMissing') }]}
          >
            <Input size="large" autoComplete="username" autoFocus autoCapitalize="none" maxLength={64} />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('password')}
            rules={[{ required: true, message: t('passwordMissing') }]}
          >
            <Input.Password size="large" autoComplete="current-password" maxLength={256} />
          </Form.Item>
          <Button type="primary" size="large" htmlType="submit" block loading={signIn.isPending}>
            {t('signIn')}
          </Button>
        </Form>
      </main>
      <PanelBoundary>
        <SampleAccounts onEnter={(username) => enter({ username })} busy={signIn.isPending} />
      </PanelBoundary>
    </div>
  );
}
