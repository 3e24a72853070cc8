import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { GetCapsuleResponseSchema } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { DomainError } from '../../core/domain-error.ts';
import type { MigrationRecord } from '../../core/model.ts';

/**
 * The Time Capsule's manifest, with the sizes of the files that it lists.
 *
 * @throws DomainError `not-found` before the seal, `unavailable` where the folder is not on this machine.
 */
export async function capsuleManifest(
  record: MigrationRecord,
): Promise<MessageInitShape<typeof GetCapsuleResponseSchema>> {
  const { sealed, spec } = record;
  if (sealed === undefined) {
    throw new DomainError('not-found', `migration "${spec.name}" is not sealed: it has no Time Capsule yet`);
  }
  const read = async () => {
    const manifestJson = await readFile(join(sealed.capsule, 'manifest.json'), 'utf8');
    const { files: listed }: { readonly files: Readonly<Record<string, { readonly sha256: string }>> } =
      JSON.parse(manifestJson);
    const files = await Promise.all(
      Object.entries(listed).map(async ([name, { sha256 }]) => {
        const { size } = await stat(join(sealed.capsule, name));
        return { name, sha256, bytes: BigInt(size) };
      }),
    );
    return { manifestJson, files };
  };
  const { manifestJson, files } = await read().catch((cause: unknown) => {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new DomainError('unavailable', `the Time Capsule cannot be read here: ${words}`, { cause });
  });
  return {
    sealedAt: timestampFromMs(sealed.atMs),
    path: sealed.capsule,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0n),
    files,
    manifestJson,
  };
}
