import { table } from '../table.ts';
import type { Figures, Measured } from './measure.ts';
import { type Contender, contenderNames, label, type Scenario } from './scenario.ts';

/** What of a peer's figure ours may be. */
const aims: Readonly<Record<'snapshot' | 'linear', number>> = { snapshot: 0.15, linear: 0.25 };
const MEMORY_AIM = 0.8;

const header = [
  'scenario',
  'server',
  'last ACK p50 ms',
  'p99',
  'CPU ms',
  'storm ms',
  'storm CPU',
  'base MB',
  'peak MB',
  'rounds',
];

export function figuresTable(measured: readonly Measured[]): string {
  const rows = measured.flatMap(({ scenario, figures }) =>
    figures.map((of, i) => [
      i === 0 ? label(scenario) : '',
      contenderNames[of.contender],
      short(of.lastAckMs.p50),
      short(of.lastAckMs.p99),
      short(of.cpuMs),
      short(of.stormMs),
      short(of.stormCpuMs),
      short(of.memoryBaseMb),
      short(of.memoryPeakMb),
      of.rounds,
    ]),
  );
  return table(header, rows);
}

export interface Ratio {
  readonly scenario: Scenario;
  readonly peer: Contender;
  readonly cpu: number;
  readonly lastAck: number;
  readonly storm: number;
  readonly stormCpu: number;
  readonly memory: number;
  /** Of what the proxies added: peak less base. */
  readonly memoryGrown: number;
  /** The most that CPU and last ACK may be. */
  readonly aim: number;
}

/** Ours divided by theirs, in the same rounds. */
export function ratios(measured: readonly Measured[]): readonly Ratio[] {
  return measured.flatMap(({ scenario, figures }) => {
    const ours = figures.find(({ contender }) => contender === 'chronos');
    if (ours === undefined) return [];
    return figures.flatMap((theirs) =>
      theirs.contender === 'chronos' ? [] : [ratio(scenario, ours, theirs)],
    );
  });
}

function ratio(scenario: Scenario, ours: Figures, theirs: Figures): Ratio {
  return {
    scenario,
    peer: theirs.contender,
    cpu: ours.cpuMs / theirs.cpuMs,
    lastAck: ours.lastAckMs.p50 / theirs.lastAckMs.p50,
    storm: ours.stormMs / theirs.stormMs,
    stormCpu: ours.stormCpuMs / theirs.stormCpuMs,
    memory: ours.memoryPeakMb / theirs.memoryPeakMb,
    memoryGrown: (ours.memoryPeakMb - ours.memoryBaseMb) / (theirs.memoryPeakMb - theirs.memoryBaseMb),
    aim: aimOf(scenario, theirs.contender),
  };
}

/** With shared subscriptions and 100 × 1,000 the aims of the first kind hold; elsewhere never above the peer. */
function aimOf({ shape, proxies, resources, change }: Scenario, peer: Contender): number {
  const large = proxies === 100 && resources === 1_000 && shape === 'shared' && change === 'route';
  return large && peer !== 'chronos' ? aims[peer] : 1;
}

export function ratiosTable(measured: readonly Measured[]): string {
  const rows = ratios(measured).map((of) => [
    `${label(of.scenario)} ÷ ${contenderNames[of.peer]}`,
    judged(of.cpu, of.aim),
    judged(of.lastAck, of.aim),
    `≤ ${of.aim}`,
    judged(of.storm, 1),
    judged(of.stormCpu, 1),
    judged(of.memory, MEMORY_AIM),
    judged(of.memoryGrown, MEMORY_AIM),
  ]);
  return table(
    [
      'Chronos ÷ peer',
      'CPU',
      'last ACK',
      'aim',
      'storm',
      'storm CPU',
      `memory (≤ ${MEMORY_AIM})`,
      'less base',
    ],
    rows,
  );
}

/** A ratio, marked when it misses its aim. */
function judged(value: number, aim: number): string {
  return `${value.toFixed(2)}${value > aim ? ' !' : ''}`;
}

function short(value: number): string {
  if (Number.isNaN(value)) return '–';
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}
