import { count } from '@chronos/cli/core/text/numbers.ts';
import type { Tone } from '../../ui/badge.tsx';

export interface LegacyDatabase {
  /** It comes into the capsule once legacy has stopped. */
  readonly pending: boolean;
  readonly value: string;
  readonly note: string;
  readonly tone: Tone;
}

const words: Readonly<Record<string, Omit<LegacyDatabase, 'pending'>>> = {
  pending: { value: 'awaited', note: 'it is archived once legacy has stopped', tone: 'warn' },
  none: { value: 'none', note: 'the migration declares no entities', tone: 'neutral' },
};
const unknown = {
  pending: false,
  value: 'unknown',
  note: 'the manifest does not say',
  tone: 'neutral',
} as const;

/** What the manifest says of legacy's database. One that cannot be read, or of another form, waits for nothing. */
export function legacyDatabase(manifestJson: string): LegacyDatabase {
  const { state, tables, rows } = readState(manifestJson);
  if (state === 'archived' && typeof tables === 'number' && typeof rows === 'number')
    return {
      pending: false,
      value: count(rows),
      note: `rows of ${count(tables)} tables, archived`,
      tone: 'good',
    };
  const known = typeof state === 'string' && Object.hasOwn(words, state) ? words[state] : undefined;
  return known === undefined ? unknown : { ...known, pending: state === 'pending' };
}

interface State {
  readonly state?: unknown;
  readonly tables?: unknown;
  readonly rows?: unknown;
}

function readState(manifestJson: string): State {
  try {
    const manifest: { readonly legacy_database?: State } | null = JSON.parse(manifestJson);
    return manifest?.legacy_database ?? {};
  } catch {
    return {};
  }
}
