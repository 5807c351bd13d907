import { Link, useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiKeys } from '../../features/api-keys/api-keys.tsx';
import { ClassTable } from '../../features/dictionary/class-table.tsx';
import { HeadsTable } from '../../features/heads/heads-table.tsx';
import { LimitsTable } from '../../features/limits/limits-table.tsx';
import { DutiesTable } from '../../features/unit-register/duties-table.tsx';
import { DutyCoverageView } from '../../features/unit-register/duty-coverage.tsx';
import { UnitsTable } from '../../features/unit-register/units-table.tsx';
import { WorkingTimeDesk } from '../../features/working-time/working-time-desk.tsx';
import { Panel } from '../../ui/panel.tsx';
import { adminTabs, type AdminTab } from './admin-search.ts';
import styles from './admin-station.module.css';
import { ChangesTable } from './changes-table.tsx';
import { GridDesk } from './grid-desk.tsx';
import { ImportDesk } from './import-desk.tsx';

/** One table fills the panel of these; imports and grid have a map beside them. */
const tables: Partial<Record<AdminTab, () => ReactElement>> = {
  classes: ClassTable,
  limits: LimitsTable,
  'working-time': WorkingTimeDesk,
  units: UnitsTable,
  duties: DutiesTable,
  coverage: DutyCoverageView,
  heads: HeadsTable,
  changes: ChangesTable,
  keys: ApiKeys,
};

/** Where the administrator brings data in and keeps dictionaries, units and duties. */
export function AdminStation() {
  const { t } = useTranslation(['admin', 'shell']);
  const { tab = 'imports' } = useSearch({ from: '/signed-in/framed/admin' });
  const TableOf = tables[tab];
  return (
    <div className={styles.admin}>
      <h1 className="visually-hidden">{t('shell:station.admin')}</h1>
      <nav className={styles.nav} aria-label={t('sections')}>
        {adminTabs.map((one) => (
          <Link
            key={one}
            to="/admin"
            search={one === 'imports' ? {} : { tab: one }}
            className={styles.link}
            data-active={one === tab}
            aria-current={one === tab ? 'page' : undefined}
          >
            {t(`tab.${one}`)}
          </Link>
        ))}
      </nav>
      <div className={styles.content}>
        {tab === 'imports' && <ImportDesk />}
        {tab === 'grid' && <GridDesk />}
        {TableOf && (
          <Panel title={t(`tab.${tab}`)} className={styles.table ?? ''}>
            <TableOf key={tab} />
          </Panel>
        )}
      </div>
    </div>
  );
}
