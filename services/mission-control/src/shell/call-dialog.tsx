import type { FormEvent, ReactNode } from 'react';
import { useCall } from '../api/use-call.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { useToast } from '../ui/toast.tsx';

/** A dialog around one call: it closes when the call went well and says why when it did not. */
export function CallDialog({
  title,
  act,
  done,
  call,
  onClose,
  children,
  look = 'primary',
  ready = true,
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
}) {
  const { busy, error, run } = useCall();
  const say = useToast();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready || !(await run(call))) return;
    say(done, 'good');
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose} tone={look === 'danger' ? 'danger' : 'plain'}>
      <form onSubmit={submit}>
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
