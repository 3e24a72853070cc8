/** Without Docker: what the parts are told is what they take, and what compose mounts is there and up to date. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig as captureConfig } from '@chronos/capture/core/config.ts';
import { parseConfig as controlPlaneConfig } from '@chronos/control-plane/shell/config.ts';
import { parseConfig as identifiersConfig } from '@chronos/identifiers/core/config.ts';
import { readSettings as relaySettings } from '@chronos/observability/relay/settings.ts';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readSettings as arbiterSettings } from '../../services/arbiter/src/shell/env.ts';
import { readSettings as entanglementSettings } from '../../services/entanglement/src/shell/env.ts';
import { files } from './build.ts';

interface Service {
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
}
type Environment = Readonly<Record<string, string>>;

const noFile = () => '';
const here = import.meta.dirname;
const read = (name: string) => readFileSync(join(here, name), 'utf8');
const example: Environment = Object.fromEntries(
  [...read('.env.example').matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
);
const compose = parse(read('docker-compose.yml'), { merge: true }) as { services: Record<string, Service> };

/** As compose puts the values of .env.example in. */
function environment(service: string): Environment {
  const given = compose.services[service]?.environment ?? {};
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      value.replace(/\$\{(\w+)[^}]*\}/g, (_, variable: string) => example[variable] ?? ''),
    ]),
  );
}

const problems: Readonly<Record<string, (env: Environment) => unknown>> = {
  'control-plane': (env) => controlPlaneConfig(env),
  capture: (env) => captureConfig(env, noFile),
  arbiter: arbiterSettings,
  identifiers: (env) => identifiersConfig(env, noFile),
  entanglement: entanglementSettings,
  traces: relaySettings,
};

describe('compose', () => {
  test.each(Object.entries(problems))('%s takes its environment', (name, parsed) => {
    const result = parsed(environment(name)) as Record<string, unknown>;
    expect(result.errors ?? result.problems ?? []).toEqual([]);
    expect(existsSync(join(here, '../..', compose.services[name]?.command?.[0] ?? 'missing'))).toBe(true);
  });

  test('every file that is mounted is there', () => {
    const mounted = Object.values(compose.services)
      .flatMap(({ volumes = [] }) => volumes)
      .map((volume) => volume.split(':')[0] ?? '')
      .filter((path) => path.startsWith('.'));
    expect(mounted.length).toBeGreaterThan(3);
    expect(mounted.filter((path) => !existsSync(join(here, path)))).toEqual([]);
  });

  test.each(Object.entries(files))('%s is what node deploy/compose/build.ts writes', (name, content) => {
    expect(JSON.parse(read(name))).toEqual(content);
  });
});
