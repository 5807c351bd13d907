import {
  AimOutlined,
  ApartmentOutlined,
  BankOutlined,
  BorderOutlined,
  EnvironmentOutlined,
  FileTextOutlined,
  NodeIndexOutlined,
  PushpinOutlined,
  TagOutlined,
  TeamOutlined,
  VideoCameraOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import type { FoundKind } from '#contract/search';
import styles from './search-box.module.css';

const icons: Record<FoundKind, ComponentType<{ className?: string; 'aria-hidden'?: boolean }>> = {
  position: AimOutlined,
  division: ApartmentOutlined,
  cell: BorderOutlined,
  part: PushpinOutlined,
  class: TagOutlined,
  road: NodeIndexOutlined,
  building: BankOutlined,
  case: FileTextOutlined,
  camera: VideoCameraOutlined,
  unit: TeamOutlined,
};

/** The kind of a result at a glance; its group says it in words. */
export function FoundIcon({ kind }: { kind: FoundKind }) {
  const Icon = icons[kind] ?? EnvironmentOutlined;
  return <Icon className={styles.icon ?? ''} aria-hidden />;
}
