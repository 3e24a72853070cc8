/** The golden cases of the translation: `<name>.in.yaml` is a set of migrations as they stand, `<name>.out.yaml` what Envoy gets. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromJson, type JsonValue } from '@bufbuild/protobuf';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { parse } from 'yaml';
import type { DataPlane } from '../../src/core/ir.ts';
import {
  type DataPlaneSettings,
  irFromMigrations,
  type MigrationStanding,
} from '../../src/core/ir-from-migrations.ts';

interface CaseFile {
  readonly settings: DataPlaneSettings;
  readonly migrations: readonly (Omit<MigrationStanding, 'spec'> & { readonly spec: JsonValue })[];
}

export interface GoldenCase {
  readonly name: string;
  readonly outPath: string;
  readonly ir: DataPlane;
}

export function goldenCases(): GoldenCase[] {
  const dir = import.meta.dirname;
  return readdirSync(dir)
    .filter((file) => file.endsWith('.in.yaml'))
    .sort()
    .map((file) => {
      const name = file.slice(0, -'.in.yaml'.length);
      const { settings, migrations }: CaseFile = parse(readFileSync(join(dir, file), 'utf8'));
      const standings = migrations.map(({ spec, ...standing }) => ({
        ...standing,
        spec: fromJson(MigrationSchema, spec),
      }));
      return { name, outPath: join(dir, `${name}.out.yaml`), ir: irFromMigrations(standings, settings) };
    });
}
