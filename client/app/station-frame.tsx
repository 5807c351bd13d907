import { Link, Outlet, useMatchRoute } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { stationsOfRole } from '../features/access/station-of-role.ts';
import { useMe } from '../features/access/use-me.ts';
import { UserMenu } from '../features/access/user-menu.tsx';
import { WorkingState } from '../features/clock/working-state.tsx';
import { SearchLauncher } from '../features/search/search-launcher.tsx';
import { useConnection } from '../realtime/live-store.tsx';
import { Brand } from '../ui/brand.tsx';
import { PanelBoundary } from '../ui/panel-boundary.tsx';
import { ConnectionMark } from './connection-mark.tsx';
import styles from './station-frame.module.css';

/** The bar on top of every station but the wall: where one is, whether it is live, who one is. */
export function StationFrame() {
  const me = useMe();
  const { t } = useTranslation('shell');
  const connection = useConnection();
  const own = stationsOfRole(me.role);
  // The map station has the box itself.
  const hasOwnSearch = useMatchRoute()({ to: '/map' }) !== false;
  return (
    <div className={styles.frame}>
      <header className={styles.bar}>
        <Brand />
        <nav className={styles.nav} aria-label={t('stations')}>
          {own.map((station) => (
            <Link
              key={station}
              to={`/${station}`}
              className={styles.tab}
              activeProps={{ className: styles.active }}
            >
              {t(`station.${station}`)}
            </Link>
          ))}
        </nav>
        <div className={styles.end}>
          {!hasOwnSearch && <SearchLauncher />}
          <WorkingState />
          <ConnectionMark />
          <UserMenu />
        </div>
      </header>
      {connection === 'lost' && (
        <p className={styles.lost} role="alert">
          {t('lostHint')}
        </p>
      )}
      <main className={styles.main}>
        <PanelBoundary>
          <Outlet />
        </PanelBoundary>
      </main>
    </div>
  );
}
