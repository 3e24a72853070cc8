import { ConnectError } from '@connectrpc/connect';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useToast } from '../ui/toast.tsx';

/** Most calls are answered at once; those that start builds or wait for proofs say their own. */
const lateAfterMs = 10_000;
/** For calls in which builds start, or what stands open is proven. */
export const longCallMs = 120_000;

export interface Call {
  readonly busy: boolean;
  /** In the server's words; also that there was no answer. */
  readonly error: string | undefined;
  /**
   * Runs the call unless one is under way; true when it went well. `what` names it where its failure is told after this component is gone: in
   * the corner.
   */
  run(what: string, call: () => Promise<unknown>, lateMs?: number): Promise<boolean>;
}

/**
 * A call that a person starts: one at a time. One without an answer for `lateMs` says so and stands in the way of no other; when its answer
 * comes after all, that counts, unless another was started since.
 */
export function useCall(): Call {
  const [{ busy, error }, set] = useState<{ busy: boolean; error: string | undefined }>(idle);
  const newest = useRef({ turn: 0, waits: false, mounted: true });
  const say = useToast();
  useEffect(() => {
    const { current } = newest;
    current.mounted = true;
    return () => {
      current.mounted = false;
    };
  }, []);
  const run = useCallback(
    async (what: string, call: () => Promise<unknown>, lateMs = lateAfterMs) => {
      const { current } = newest;
      if (current.waits) return false;
      current.waits = true;
      current.turn += 1;
      const { turn } = current;
      const stands = (failure: string | undefined) => {
        if (turn === current.turn) {
          current.waits = false;
          set({ busy: false, error: failure });
        }
        if (failure !== undefined && !current.mounted) say(`${what}: ${failure}`, 'bad');
      };
      set({ busy: true, error: undefined });
      const late = setTimeout(() => stands(noAnswer(lateMs)), lateMs);
      try {
        await call();
        stands(undefined);
        return true;
      } catch (failure) {
        stands(ConnectError.from(failure).rawMessage);
        return false;
      } finally {
        clearTimeout(late);
      }
    },
    [say],
  );
  return { busy, error, run };
}

const idle = { busy: false, error: undefined };

const noAnswer = (ms: number) => `no answer for ${ms / 1_000} s: it is not known whether it was done`;
