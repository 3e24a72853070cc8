import type { ButtonHTMLAttributes } from 'react';
import './button.css';

type Look = 'plain' | 'primary' | 'danger' | 'quiet';

/** A button; `busy` keeps its size and the focus (a disabled one would lose it), says so to screen readers and takes no second click. */
export function Button({
  look = 'plain',
  busy = false,
  className = '',
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { look?: Look; busy?: boolean }) {
  return (
    <button
      type="button"
      {...rest}
      className={`button button-${look} ${className}`}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : rest.onClick}
    />
  );
}
