import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import './dialog.css';

/**
 * A modal dialog, mounted while it is open: the browser keeps the focus in it, Escape closes it, what is behind is inert. The element with
 * `autofocus` (or the first control) has the focus, anew at each `step`. Closed it gives the focus back to whatever had it.
 */
export function Dialog({
  title,
  onClose,
  children,
  tone = 'plain',
  step = '',
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
  tone?: 'plain' | 'danger';
  /** Where the dialog stands, for one that asks and then tells. */
  step?: string;
}) {
  const id = useId();
  const element = useRef<HTMLDialogElement>(null);
  // Not useEffect: what is taken out of the document before it is closed gives no focus back.
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step has other controls
  useLayoutEffect(() => element.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus(), [step]);
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
      <h2 id={id} className="dialog-title" aria-live="polite">
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
