import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/**
 * The demo's migration file for a run that a person drives: nothing starts, moves, deploys or seals by itself, and the gates open
 * after a few hundred requests, also on a machine that is slow for its load. `@LISTEN@` and `@ROOT@` are for the harness.
 */
export function quickBank(): string {
  const file = readFileSync(resolve(root, 'deploy/migrations/bank.yaml'), 'utf8');
  const ladder = [
    '{ percent: 10, confidence: 95, min_compared: 100, dwell: 1s }',
    '{ percent: 100, confidence: 96, dwell: 1s }',
  ];
  const changes: readonly (readonly [RegExp, string])[] = [
    [/^listen:.*$/gm, 'listen: "@LISTEN@"'],
    [/^descriptors:.*$/gm, 'descriptors: ["@ROOT@/deploy/migrations/bank.binpb"]'],
    [/\.\.\/\.\.\/services/g, '@ROOT@/services'],
    [/^ {2}ladder:\n(?: {4}- .*\n)+/gm, `  ladder:\n${ladder.map((step) => `    - ${step}\n`).join('')}`],
    [/^ {2}kill:.*$/gm, '  manual: true\n  kill: { ignore_degradation: true, latency_floor: 10s }'],
    [/^ {2}(auto_start|auto_seal_after|remediation):.*\n/gm, ''],
  ];
  return changes.reduce((text, [pattern, replacement]) => {
    const next = text.replaceAll(pattern, replacement);
    if (next === text) throw new Error(`deploy/migrations/bank.yaml has nothing that matches ${pattern}`);
    return next;
  }, file);
}
