import type { ReactNode } from 'react';
import './state.css';

/** Nothing is there, and that is all right: why, and what to do. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="state">
      <p className="state-title">{title}</p>
      {children !== undefined && <div className="muted">{children}</div>}
    </div>
  );
}

/** Something went wrong: what, in the server's own words, and what can be done. */
export function ErrorState({ title, detail, action }: { title: string; detail: string; action?: ReactNode }) {
  return (
    <div className="state state-error" role="alert">
      <p className="state-title">{title}</p>
      <p className="muted">{detail}</p>
      {action}
    </div>
  );
}

/** Keeps the room of what is on its way; said to screen readers, shown after a moment only. */
export function Loading({ what }: { what: string }) {
  return (
    <p className="state state-loading" role="status">
      Waiting for {what} …
    </p>
  );
}
