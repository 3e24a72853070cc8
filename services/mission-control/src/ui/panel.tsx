import { type ReactNode, useId } from 'react';
import './panel.css';

/** A titled region of a page; `aside` stands right of the title. */
export function Panel({
  title,
  aside,
  children,
  className = '',
  flush = false,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
  /** Without padding: tables and charts reach the edge. */
  flush?: boolean;
}) {
  const id = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{title}</h2>
        {aside !== undefined && <div className="panel-aside">{aside}</div>}
      </header>
      <div className={flush ? 'panel-flush' : 'panel-body'}>{children}</div>
    </section>
  );
}
