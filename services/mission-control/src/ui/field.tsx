import type { ReactNode } from 'react';
import './field.css';

/** A control with its label; `hint` says what is accepted. */
export function Field({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className="field">
      <span>{label}</span>
      {children}
      {hint !== undefined && <small className="muted">{hint}</small>}
    </label>
  );
}
