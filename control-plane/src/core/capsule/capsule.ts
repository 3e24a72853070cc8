/** What a Time Capsule says of itself; `files` covers every other file in it, by its path in the capsule. */
export interface CapsuleManifest {
  readonly format: 1;
  readonly migration: string;
  readonly sealed_at: string;
  readonly journal: { readonly entries: number; readonly head: string };
  readonly legacy_database: LegacyDatabase;
  readonly files: Readonly<Record<string, { readonly sha256: string }>>;
}

/** `none`: the migration declares no entities, so that Chronos knows no database of it. `pending`: legacy has not stopped yet. */
export type LegacyDatabase =
  | { readonly state: 'none' | 'pending' }
  | {
      readonly state: 'archived';
      readonly at: string;
      readonly tables: number;
      readonly rows: number;
      readonly left_out: Readonly<Record<string, number>>;
    };

export interface CapsuleVerification {
  /** Undefined when it cannot be read. */
  readonly manifest: CapsuleManifest | undefined;
  /** Keep it elsewhere: who can change files can change the manifest with them. */
  readonly manifestSha256: string;
  readonly files: number;
  /** Each names the file; empty: everything is as it was written. */
  readonly problems: readonly string[];
}
