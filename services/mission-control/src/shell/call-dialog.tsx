import { type FormEvent, type ReactNode, useRef } from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { useToast } from '../ui/toast.tsx';
import { useCall } from './use-call.ts';

/**
 * A dialog around one call: it closes when the call went well and says why when it did not. What comes of a call that it was closed over stands
 * in the corner.
 */
export function CallDialog({
  title,
  act,
  done,
  call,
  onClose,
  children,
  look = 'primary',
  ready = true,
  lateMs,
}: {
  title: string;
  /** The button. */
  act: string;
  /** Said when it went well. */
  done: string;
  call: () => Promise<unknown>;
  onClose: () => void;
  children: ReactNode;
  look?: 'primary' | 'danger';
  ready?: boolean;
  /** When it is said that no answer has come. */
  lateMs?: number;
}) {
  const { busy, error, run } = useCall();
  const form = useRef<HTMLFormElement>(null);
  const say = useToast();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready || !(await run(act, call, lateMs))) return;
    say(done, 'good');
    // Closed since, another dialog may stand in its place.
    if (form.current !== null) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose} tone={look === 'danger' ? 'danger' : 'plain'}>
      <form ref={form} onSubmit={submit}>
        {children}
        <p className="call-error bad" role="alert">
          {error}
        </p>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look={look} busy={busy} disabled={!ready}>
            {act}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
