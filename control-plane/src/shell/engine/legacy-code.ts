import type { DigestBuildResponse } from '@chronos/proto/chronos/v1/runtime_service_pb.js';
import type { DeploymentRecord } from '../../core/model.ts';
import type { Engine } from './engine.ts';

/** What legacy's code was, as a Time Capsule keeps it: digests, not the code. */
export type LegacyCode =
  | { readonly covered: false; readonly reason: string }
  | ({ readonly covered: true; readonly build: string } & Pick<
      DigestBuildResponse,
      'command' | 'folder' | 'program' | 'programSha256' | 'files' | 'digest' | 'notCovered'
    >);

/** Never throws: a capsule without the digest says why it has none. */
export async function legacyCode(
  engine: Engine,
  migration: string,
  serving: DeploymentRecord | undefined,
): Promise<LegacyCode> {
  if (serving === undefined) return { covered: false, reason: 'legacy was not deployed' };
  if (!serving.managed || engine.builds === undefined)
    return { covered: false, reason: `Chronos did not start it: it ran at ${serving.address}` };
  try {
    const { command, folder, program, programSha256, files, digest, notCovered } = await engine.builds.digest(
      migration,
      'legacy',
      serving.build,
    );
    return {
      covered: true,
      build: serving.build,
      command,
      folder,
      program,
      programSha256,
      files,
      digest,
      notCovered,
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    engine.log(`${migration}: the Time Capsule has no digest of legacy's code: ${reason}`);
    return { covered: false, reason };
  }
}
