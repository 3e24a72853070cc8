import { cpSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../shell/state-paths.ts';
import type { TargetGroup } from './targets.ts';

const source = join(repositoryRoot, 'observability/prometheus');

/**
 * Lays down what any Prometheus needs to watch this run: the configuration, its rules, and where the parts are. Returns the path of the
 * configuration.
 */
export function writePrometheusFiles(folder: string, targets: readonly TargetGroup[]): string {
  mkdirSync(join(folder, 'targets'), { recursive: true });
  const config = join(folder, 'prometheus.yml');
  cpSync(join(source, 'prometheus.yml'), config);
  cpSync(join(source, 'rules'), join(folder, 'rules'), { recursive: true });
  const file = join(folder, 'targets/chronos.json');
  // Whole or not at all: a Prometheus that is running reads it as soon as it changes.
  writeFileSync(`${file}.new`, JSON.stringify(targets, null, 2));
  renameSync(`${file}.new`, file);
  return config;
}
