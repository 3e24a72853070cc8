import { type ReactNode, useEffect, useId, useRef } from 'react';
import './dialog.css';

/**
 * A modal dialog, mounted while it is open: the browser keeps the focus in it, Escape closes it, what is behind is inert. The element with
 * `autofocus` (or the first control) has the focus.
 */
export function Dialog({
  title,
  onClose,
  children,
  tone = 'plain',
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
  tone?: 'plain' | 'danger';
}) {
  const id = useId();
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    if (dialog === null) return;
    dialog.showModal();
    dialog.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    return () => dialog.close();
  }, []);
  return (
    <dialog
      ref={element}
      className={`dialog dialog-${tone}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={id} className="dialog-title">
        {title}
      </h2>
      {children}
    </dialog>
  );
}

/** The buttons of a dialog, the one that does it last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="dialog-actions">{children}</div>;
}
