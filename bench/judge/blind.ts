import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAsked, recordAsked } from './asked.ts';
import { ourJudge } from './contenders.ts';
import type { Dataset } from './episodes.ts';
import { type Figures, measure } from './measure.ts';

/** A measurement on families that the author of the rules had not seen at that commit. */
export interface BlindMeasurement {
  readonly commit: string;
  readonly date: string;
  readonly figures: Figures;
}

/** Families of an author may be learned from once they were measured blind; those of author a are the rules' author's own. */
export function mayLearnFrom({ name }: Dataset): boolean {
  return name === 'author a' || blindMeasurements().some(({ figures }) => figures.data === name);
}

const file = join(import.meta.dirname, '../../services/arbiter/families/blind-measurements.json');

export function blindMeasurements(): BlindMeasurement[] {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as BlindMeasurement[]) : [];
}

/** Measures and keeps it, with what the named rules ask: once for a set, since after the first look it is no longer blind. */
export function recordBlind(set: Dataset): BlindMeasurement {
  const before = blindMeasurements();
  if (before.some(({ figures }) => figures.data === set.name))
    throw new Error(`${set.name} was measured blind before; a second measurement would not be blind`);
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  }).trim();
  const measured = {
    commit,
    date: new Date().toISOString().slice(0, 10),
    figures: measure(set, ourJudge()),
  };
  writeFileSync(file, `${JSON.stringify([...before, measured], null, 2)}\n`);
  recordAsked(
    set.name.replace('author ', ''),
    set.episodes.filter(({ episode }) => isAsked(episode)),
  );
  return measured;
}
