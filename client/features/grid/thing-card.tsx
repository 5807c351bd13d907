import { AimOutlined, CloseOutlined, CopyOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PanelBoundary } from '../../ui/panel-boundary.tsx';
import styles from './thing-card.module.css';

interface ThingCardProps {
  /** What kind of thing: part, cell, division. */
  kind: string;
  title: string;
  code?: string | undefined;
  onClose: () => void;
  onGoThere?: (() => void) | undefined;
  /** Below the title: state, tags. */
  tags?: ReactNode;
  /** What one may do. */
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of every card: what it is, its code to copy, the way there, what one may do, and the rest to scroll. */
export function ThingCard(props: ThingCardProps) {
  const { kind, title, code, onClose, onGoThere, tags, actions, children } = props;
  const { t } = useTranslation('register');
  const { message } = App.useApp();
  const copy = () => {
    if (code === undefined) return;
    // Plain HTTP has no clipboard; the code stands there to be selected.
    void navigator.clipboard?.writeText(code).then(() => message.success(t('copied')));
  };
  return (
    <article className={styles.card} aria-label={`${kind} ${title}`} data-card>
      <header className={styles.head}>
        <div className={styles.titles}>
          <p className={styles.kind}>{kind}</p>
          <h2 className={styles.title}>{title}</h2>
          {code !== undefined && (
            <p className={styles.code}>
              <span>{code}</span>
              <Button
                type="text"
                size="small"
                icon={<CopyOutlined />}
                aria-label={t('copy')}
                onClick={copy}
              />
            </p>
          )}
        </div>
        <div className={styles.corner}>
          {onGoThere && (
            <Button
              type="text"
              icon={<AimOutlined />}
              aria-label={t('goThere')}
              title={t('goThere')}
              onClick={onGoThere}
            />
          )}
          <Button type="text" icon={<CloseOutlined />} aria-label={t('close')} onClick={onClose} />
        </div>
      </header>
      {tags && <div className={styles.tags}>{tags}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
      <div className={styles.body}>{children}</div>
    </article>
  );
}

/** A titled piece of a card that fails alone. */
export function CardSection({
  title,
  extra,
  children,
}: {
  title: string;
  extra?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={styles.section} aria-label={title}>
      <div className={styles.sectionHead}>
        <h3 className={styles.sectionTitle}>{title}</h3>
        {extra}
      </div>
      <PanelBoundary>{children}</PanelBoundary>
    </section>
  );
}

/** Names and values; a value that is not there is said to be so. */
export function Facts({ rows }: { rows: readonly (readonly [name: string, value: ReactNode])[] }) {
  const { t } = useTranslation('register');
  return (
    <dl className={styles.facts}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? <span className={styles.missing}>{t('unknown')}</span>}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The quiet words of a section that has nothing. */
export function Nothing({ children }: { children: ReactNode }) {
  return <p className={styles.missing}>{children}</p>;
}
