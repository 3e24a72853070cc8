import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { planPorts } from '../ports.ts';
import { openStateFolder } from '../state-folder.ts';
import { prometheus } from './prometheus.ts';
import { writePrometheusFiles } from './prometheus-files.ts';
import { scrapeTargets } from './targets.ts';

let dir = '';
const path = process.env.PATH;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'chronos-cli-'));
});
afterEach(() => {
  process.env.PATH = path;
  rmSync(dir, { recursive: true, force: true });
});

describe('what a Prometheus needs to watch a run', () => {
  test('stands in the state folder: configuration, rules, each part once with its name as its job', async () => {
    const ports = await planPorts(0);
    const parts = ['control-plane', 'capture', 'arbiter', 'kafka', 'time-rift'].map((name) => ({ name }));
    const targets = scrapeTargets(ports, parts);
    const config = writePrometheusFiles(dir, targets);
    expect(readFileSync(config, 'utf8')).toContain('targets/*.json');
    expect(existsSync(join(dir, 'rules/alerts.yml'))).toBe(true);
    const read = JSON.parse(readFileSync(join(dir, 'targets/chronos.json'), 'utf8'));
    expect(read).toEqual(targets);
    const jobs = targets.map(({ labels }) => labels.job);
    expect(new Set(jobs).size).toBe(jobs.length);
    // A part that this run has not is no target, nor is one that serves no metrics.
    expect(jobs).toEqual(
      ['control-plane', 'capture', 'arbiter', 'time-rift'].map((part) => `chronos-${part}`),
    );
    expect(targets.find(({ labels }) => labels.job === 'chronos-control-plane')?.targets).toEqual([
      `127.0.0.1:${ports.api}`,
    ]);
  });

  test('may be written again while a Prometheus reads it', () => {
    writePrometheusFiles(dir, []);
    writePrometheusFiles(dir, [{ targets: ['127.0.0.1:1'], labels: { job: 'a' } }]);
    expect(readFileSync(join(dir, 'targets/chronos.json'), 'utf8')).toContain('127.0.0.1:1');
    expect(existsSync(join(dir, 'targets/chronos.json.new'))).toBe(false);
  });
});

test('a machine without Prometheus is told how to get it', async () => {
  process.env.PATH = dir;
  const found = await prometheus.find({ ports: await planPorts(0), folder: openStateFolder(dir, false) });
  expect(found).toEqual({ missing: expect.stringContaining('apt install prometheus') });
});
