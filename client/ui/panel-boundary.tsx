import { Component, type ReactNode } from 'react';
import { withTranslation, type WithTranslation } from 'react-i18next';
import { StateNote } from './state-note.tsx';

interface BoundaryProps extends WithTranslation<'shell'> {
  children: ReactNode;
  /** Shown instead of the plain error note. */
  fallback?: (retry: () => void) => ReactNode;
}

/** Keeps a failure inside its panel, with a way to try again. */
class Boundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  private readonly retry = () => this.setState({ failed: false });

  override render() {
    const { children, fallback, t } = this.props;
    if (!this.state.failed) return children;
    if (fallback) return fallback(this.retry);
    return (
      <StateNote
        kind="error"
        title={t('panelFailed')}
        hint={t('panelFailedHint')}
        action={{ label: t('retry'), run: this.retry }}
      />
    );
  }
}

export const PanelBoundary = withTranslation('shell')(Boundary);
