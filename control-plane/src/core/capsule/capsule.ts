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
  | { readonly state: 'none' | 'pending'; readonly trial?: LegacyDatabaseTrial }
  | {
      readonly state: 'archived';
      readonly trial?: LegacyDatabaseTrial;
      readonly at: string;
      readonly tables: number;
      readonly rows: number;
      readonly left_out: Readonly<Record<string, number>>;
    };

/** Before legacy ended: whether an archive of its database could be opened. Absent in capsules of before there were trials. */
export interface LegacyDatabaseTrial {
  readonly outcome: 'opened' | 'failed' | 'not-tried';
  readonly reason?: string;
  /** The trial makes everything but the rows. */
  readonly rows: false;
}

export interface CapsuleVerification {
  /** Undefined when it cannot be read. */
  readonly manifest: CapsuleManifest | undefined;
  /** Keep it elsewhere: who can change files can change the manifest with them. */
  readonly manifestSha256: string;
  readonly files: number;
  /** Each names the file; empty: everything is as it was written. */
  readonly problems: readonly string[];
}
