import { Counter, Gauge, type Registry } from 'prom-client';
import type { GroupRecord } from '../../core/model.ts';
import { type GroupView, groupAlpha, type MigrationView } from '../../core/orchestrator/decide.ts';
import { confidenceOf } from '../../core/orchestrator/gate.ts';
import { type Stage, transitions } from '../../core/orchestrator/stages.ts';
import { type Surroundings, viewOf } from '../../core/view/migration-view.ts';
import type { World } from '../engine/world.ts';

interface Around {
  readonly view: MigrationView;
  readonly surroundings: Surroundings;
  readonly record: GroupRecord | undefined;
}

type Figure = (group: GroupView, around: Around) => number;

const gauges: Readonly<Record<string, { readonly help: string; readonly of: Figure }>> = {
  chronos_group_modern_ratio: {
    help: 'Share of the customers that modern answers, 0 to 1',
    of: ({ state }) => state.weightBp / 10_000,
  },
  chronos_group_confidence_ratio: {
    help: 'Confidence, capped by coverage, 0 to 1',
    of: (group, { view }) => confidenceOf(group.evidence, group.uncaptured, groupAlpha(view)) / 100,
  },
  chronos_group_coverage_ratio: {
    help: 'Share of the ended requests that were compared since the start, 0 to 1; 1 while there are none',
    of: ({ state }, { record, surroundings }) =>
      coverageRatio(record?.verdicts ?? {}, surroundings.uncaptured(state.name)),
  },
  chronos_group_compared_requests: {
    help: 'Requests compared in the running epoch',
    of: ({ evidence }) => evidence.compared,
  },
  chronos_group_mismatched_requests: {
    help: 'Mismatches in the running epoch',
    of: ({ evidence }) => evidence.mismatched,
  },
  chronos_group_uncaptured_requests: {
    help: 'Requests since the start that no verdict stands for',
    of: ({ state }, { surroundings }) => surroundings.uncaptured(state.name),
  },
};

const stages = Object.keys(transitions) as Stage[];

/** What is known of each route group, read from memory when it is scraped. Each replica tells what it knows: take the maximum over them. */
export function groupGauges(
  { world, nowMs }: { readonly world: World; readonly nowMs: () => number },
  registers: Registry[],
): void {
  /** Calls `tell` for each group there is: those of a replaced specification are gone. */
  const eachGroup = (tell: (labels: { migration: string; group: string }, around: Seen) => void) => {
    for (const record of world.all()) {
      const surroundings = world.surroundings(record.spec.name, nowMs());
      const view = viewOf(record, surroundings);
      for (const group of view.groups) {
        const { name } = group.state;
        tell(
          { migration: record.spec.name, group: name },
          { group, view, surroundings, record: record.groups.get(name) },
        );
      }
    }
  };
  for (const [name, { help, of }] of Object.entries(gauges)) {
    new Gauge({
      name,
      help,
      labelNames: ['migration', 'group'],
      registers,
      collect() {
        this.reset();
        eachGroup((labels, around) => this.set(labels, of(around.group, around)));
      },
    });
  }
  new Gauge({
    name: 'chronos_group_stage',
    help: '1 for the stage that the group is in, 0 for the others',
    labelNames: ['migration', 'group', 'stage'],
    registers,
    collect() {
      this.reset();
      eachGroup((labels, { group }) => {
        for (const stage of stages) this.set({ ...labels, stage }, group.state.stage === stage ? 1 : 0);
      });
    },
  });
  new Counter({
    name: 'chronos_group_requests_total',
    help: "Clients' requests that the proxies have counted since the start, whatever became of them",
    labelNames: ['migration', 'group'],
    registers,
    collect() {
      this.reset();
      eachGroup((labels, { group, surroundings }) => this.inc(labels, surroundings.total(group.state.name)));
    },
  });
  new Counter({
    name: 'chronos_kills_total',
    help: 'Kills since the start, by people and by the orchestrator; survives a restart',
    labelNames: ['migration'],
    registers,
    collect() {
      this.reset();
      for (const { spec, kills } of world.all()) this.inc({ migration: spec.name }, kills);
    },
  });
}

interface Seen extends Around {
  readonly group: GroupView;
}

/** Verdicts that compared something; races and losses did not. */
const comparedKeys = ['identical', 'equivalent', 'mismatch', 'asked'];

/** Of those that have ended: what still waits for its verdict is not counted yet. */
function coverageRatio(verdicts: Readonly<Record<string, number>>, uncaptured: number): number {
  const compared = comparedKeys.reduce((sum, key) => sum + (verdicts[key] ?? 0), 0);
  const ended = Object.values(verdicts).reduce((sum, count) => sum + count, uncaptured);
  return ended === 0 ? 1 : compared / ended;
}
