import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const source = resolve(import.meta.dirname, '../peers');
const cache = resolve(import.meta.dirname, '../../.chronos/cache');
/** Where Go's own installer puts it, for those who have it not on the PATH. */
const usualGo = '/usr/local/go/bin/go';

export type Peers =
  | { readonly program: string; readonly described: string }
  | { readonly program?: never; readonly missing: string };

/** Builds the peers' program if Go is installed. The build is Go's own matter: nothing is done when nothing changed. */
export function buildPeers(): Peers {
  const go = ['go', usualGo].find((command) => spawnSync(command, ['version']).status === 0);
  if (go === undefined) return { missing: 'Go is not installed' };
  mkdirSync(cache, { recursive: true });
  const program = join(cache, 'xds-peers');
  const built = spawnSync(go, ['build', '-o', program, '.'], { cwd: source, encoding: 'utf8' });
  if (built.status !== 0 || !existsSync(program))
    return { missing: `go build failed: ${built.stderr.trim()}` };
  const version = (module: string) =>
    spawnSync(go, ['list', '-m', '-f', '{{.Version}}', module], {
      cwd: source,
      encoding: 'utf8',
    }).stdout.trim();
  const described = [
    `go-control-plane ${version('github.com/envoyproxy/go-control-plane')}`,
    `grpc-go ${version('google.golang.org/grpc')}`,
    spawnSync(go, ['env', 'GOVERSION'], { encoding: 'utf8' }).stdout.trim(),
  ];
  return { program, described: described.join(', ') };
}
