import { MalformedMessage } from '../../core/change/byte-reader.ts';
import type { Problem } from '../../core/change/preflight.ts';
import { isInUse } from '../cdc/slot.ts';
import { Stopped } from '../cdc/stopped.ts';

/**
 * Text that the server itself cannot write as UTF-8: a byte that is none in the database's encoding (22021), a character without a counterpart (22P05).
 * PostgreSQL manual, appendix A.
 */
const unreadableStates = ['22021', '22P05'];

/** Anything but a named problem is a database or connection that is away: time helps. */
export function problemsIn(error: unknown, slot: string): Problem[] {
  if (error instanceof Stopped) return [...error.problems];
  const message =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  if (isInUse(error))
    return [
      {
        code: 'slot-in-use',
        message: `slot ${slot} is in use: ${message}`,
        remedy:
          'end the other reader, or name another slot: database.slot of this universe in the migration file',
        passing: true,
      },
    ];
  if (isUnreadable(error))
    return [
      {
        code: 'unreadable',
        message: `a change in slot ${slot} cannot be read: ${message}`,
        remedy:
          'correct the rows whose text is not what the encoding of the database says, verify the databases (chronos verify), then chronos resume',
        passing: false,
      },
    ];
  return [
    {
      code: 'database-away',
      message: `the database cannot be read: ${message}`,
      remedy: 'see that it runs and that its URL is right; Chronos tries again each second',
      passing: true,
    },
  ];
}

/** It stays so however often it is read. */
function isUnreadable(error: unknown): boolean {
  if (error instanceof MalformedMessage) return true;
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    unreadableStates.includes(String(error.code))
  );
}
