import type { ReactNode } from 'react';
import './table.css';

/** What does not fit scrolls sideways on its own, by keyboard too; `label` names it for screen readers. */
export function ScrollBox({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    // biome-ignore lint/a11y/useSemanticElements: no fieldset, and no landmark either: the panel around it is one
    <div className="table-scroll" tabIndex={0} role="group" aria-label={label}>
      {children}
    </div>
  );
}
