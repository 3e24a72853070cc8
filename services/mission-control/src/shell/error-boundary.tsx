import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { ErrorState } from '../ui/state.tsx';

interface Props {
  readonly children: ReactNode;
  /** What to put around the defect's words, for a page that has no frame of its own. */
  readonly frame?: (defect: ReactNode) => ReactNode;
}

/** A defect of one page leaves the frame, and with it the kill switch, standing. */
export class ErrorBoundary extends Component<Props, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    const defect = (
      <ErrorState
        page
        title="This page has a defect"
        detail={error instanceof Error ? error.message : String(error)}
        action={<Button onClick={() => location.reload()}>Load it again</Button>}
      />
    );
    return this.props.frame?.(defect) ?? defect;
  }
}
