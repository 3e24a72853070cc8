/** Without Docker: what the parts are told is what they take, and what compose mounts is there and up to date. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

  test('the image is installed as npm start installs, which takes our lock file', () => {
    const [, args = ''] = read('../local/bin/prepare.mjs').match(/quiet\('npm', \[([^\]]+)\]/) ?? [];
    const words = [...args.matchAll(/'([^']+)'/g)]
      .map(([, word]) => word)
      .filter((word) => word !== '--loglevel=error');
    expect(words[0]).toBe('install');
    expect(read('Dockerfile')).toContain(`RUN npm ${words.join(' ')} && `);
    expect(read('Dockerfile')).not.toMatch(/^RUN.*npm ci/m);
  });

  test('the dashboards are laid down without any package', () => {
    const folder = mkdtempSync(join(tmpdir(), 'chronos-compose-'));
    try {
      mkdirSync(join(folder, 'observability/grafana/gen/dashboards'), { recursive: true });
      writeFileSync(join(folder, 'observability/grafana/gen/dashboards/one.json'), '{}');
      const target = join(folder, 'volume');
      const command = compose.services.dashboards?.command ?? [];
      const local = command.map((word) => word.replace("'/dashboards'", JSON.stringify(target)));
      expect(local).not.toEqual(command);
      execFileSync(process.execPath, local, { cwd: folder });
      expect(readFileSync(join(target, 'one.json'), 'utf8')).toBe('{}');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('the secrets that the README has one write get neither into git nor into the image', () => {
    const written = ['.env', 'databases.env', 'tokens'];
    const ignored = (file: string) => read(file).split('\n');
    expect(ignored('.gitignore')).toEqual(expect.arrayContaining(written));
    const fromRoot = written.map((name) => (name === '.env' ? '**/.env' : `deploy/compose/${name}`));
    expect(ignored('Dockerfile.dockerignore')).toEqual(expect.arrayContaining(fromRoot));
  });

  test('Kafka writes into the volume that outlives its container', () => {
    const kafka = compose.services.kafka;
    expect(kafka?.volumes).toEqual([`kafka:${kafka?.environment?.KAFKA_LOG_DIRS}`]);
  });

  test.each(Object.entries(files))('%s is what node deploy/compose/build.ts writes', (name, content) => {
    expect(JSON.parse(read(name))).toEqual(content);
  });
});
