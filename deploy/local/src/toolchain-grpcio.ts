import { defaultCacheDir } from './cache-dir.ts';
import { ensurePythonPackages } from './python-packages.ts';
import { runCommand } from './run-command.ts';
import { versions } from './versions.ts';

/**
 * gRPC for the machine's Python, as the folder for PYTHONPATH.
 * @throws LocalError when there is no Python, no pip, or no wheel for it.
 */
export async function ensureGrpcio(cacheDir: string = defaultCacheDir): Promise<string> {
  // Its wheels are for one version of Python each.
  const python = await runCommand('python3', ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']);
  return ensurePythonPackages({
    cacheDir,
    part: 'grpcio',
    requirements: 'grpcio.txt',
    folder: `grpcio-${versions.grpcio}-python-${python.trim()}`,
    neededMb: 40,
  });
}
