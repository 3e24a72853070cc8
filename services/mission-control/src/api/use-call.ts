import { ConnectError } from '@connectrpc/connect';
import { useCallback, useRef, useState } from 'react';

/** A call that a person starts: one at a time, its failure in the server's words. */
export function useCall(): {
  readonly busy: boolean;
  readonly error: string | undefined;
  /** Runs the call unless one is under way; true when it went well. */
  run(call: () => Promise<unknown>): Promise<boolean>;
} {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const underWay = useRef(false);
  const run = useCallback(async (call: () => Promise<unknown>) => {
    if (underWay.current) return false;
    underWay.current = true;
    setBusy(true);
    setError(undefined);
    try {
      await call();
      return true;
    } catch (failure) {
      setError(ConnectError.from(failure).rawMessage);
      return false;
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  }, []);
  return { busy, error, run };
}
