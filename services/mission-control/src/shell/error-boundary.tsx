import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { ErrorState } from '../ui/state.tsx';

/** A defect of one page leaves the frame, and with it the kill switch, standing. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <ErrorState
        page
        title="This page has a defect"
        detail={error instanceof Error ? error.message : String(error)}
        action={<Button onClick={() => location.reload()}>Load it again</Button>}
      />
    );
  }
}
