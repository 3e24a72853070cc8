import type { ReactNode } from 'react';
import './state.css';

/** Nothing is there, and that is all right: why, and what to do. `page`: it is all that the page says, and its heading. */
export function EmptyState({
  title,
  page = false,
  children,
}: {
  title: string;
  page?: boolean;
  children?: ReactNode;
}) {
  return (
    <div className="state">
      <Title page={page}>{title}</Title>
      {children !== undefined && <div className="muted">{children}</div>}
    </div>
  );
}

/** Something went wrong: what, in the server's own words, and what can be done. `page`: as of {@link EmptyState}. */
export function ErrorState({
  title,
  detail,
  page = false,
  action,
}: {
  title: string;
  detail: string;
  page?: boolean;
  action?: ReactNode;
}) {
  return (
    <div className="state state-error" role="alert">
      <Title page={page}>{title}</Title>
      <p className="muted">{detail}</p>
      {action}
    </div>
  );
}

function Title({ page, children }: { page: boolean; children: string }) {
  return page ? <h1 className="state-title">{children}</h1> : <p className="state-title">{children}</p>;
}

/** Keeps the room of what is on its way; said to screen readers, shown after a moment only. */
export function Loading({ what }: { what: string }) {
  return (
    <p className="state state-loading" role="status">
      Waiting for {what} …
    </p>
  );
}
