import type { Call, Contender } from './contenders.ts';
import type { Dataset, Labelled } from './episodes.ts';
import { byFamily, criticalRecall, rocAuc, type Scored, wilson } from './statistics.ts';

/** A share with its 95 % intervals: Wilson's over episodes, and when whole families are drawn anew. */
export interface Share {
  readonly hits: number;
  readonly of: number;
  readonly wilson: readonly [number, number];
  readonly by_family: readonly [number, number];
}

export interface Figures {
  readonly data: string;
  readonly contender: string;
  readonly families: { readonly bug: number; readonly harmless: number };
  readonly critical_accepted: Share;
  /** Bug families of which every episode was accepted. */
  readonly families_wholly_accepted: readonly string[];
  readonly bugs_found: Share;
  readonly bugs_asked: Share;
  readonly harmless_called_bug: Share;
  readonly harmless_asked: Share;
  readonly harmless_proven: Share;
  readonly auc: { readonly value: number; readonly by_family: readonly [number, number] };
  readonly critical_recall_at_1_percent: {
    readonly value: number;
    readonly by_family: readonly [number, number];
  };
}

interface Rated extends Scored {
  readonly call: Call;
}

/** How right a contender is on a set of episodes. */
export function measure({ name, episodes }: Dataset, contender: Contender): Figures {
  const rated = episodes.map(
    ({ episode, family, bug, critical }): Rated => ({ family, bug, critical, ...contender.rate(episode) }),
  );
  const bugs = rated.filter(({ bug }) => bug);
  const harmless = rated.filter(({ bug }) => !bug);
  const critical = bugs.filter((one) => one.critical);
  return {
    data: name,
    contender: contender.name,
    families: { bug: familiesOf(bugs), harmless: familiesOf(harmless) },
    critical_accepted: share(critical, 'harmless'),
    families_wholly_accepted: [...Map.groupBy(bugs, ({ family }) => family)]
      .filter(([, of]) => of.every(({ call }) => call === 'harmless'))
      .map(([family]) => family),
    bugs_found: share(bugs, 'bug'),
    bugs_asked: share(bugs, 'ask'),
    harmless_called_bug: share(harmless, 'bug'),
    harmless_asked: share(harmless, 'ask'),
    harmless_proven: share(harmless, 'harmless'),
    auc: { value: rocAuc(rated), by_family: byFamily(rated, rocAuc) },
    critical_recall_at_1_percent: {
      value: criticalRecall(rated, 0.01),
      by_family: byFamily(rated, (drawn) => criticalRecall(drawn, 0.01)),
    },
  };
}

/** Each family as one row: what became of its episodes. */
export function familyCalls(episodes: readonly Labelled[], contender: Contender) {
  return [...Map.groupBy(episodes, ({ family }) => family)].map(([family, of]) => {
    const calls = of.map(({ episode }) => contender.rate(episode).call);
    const count = (call: Call) => calls.filter((one) => one === call).length;
    return {
      family,
      label: of[0]?.bug ? (of[0].critical ? 'critical bug' : 'bug') : 'harmless',
      harmless: count('harmless'),
      ask: count('ask'),
      bug: count('bug'),
    };
  });
}

function share(rated: readonly Rated[], call: Call): Share {
  const of = rated.length;
  const hits = rated.filter((one) => one.call === call).length;
  const rate = (drawn: readonly Rated[]) =>
    drawn.length === 0 ? Number.NaN : drawn.filter((one) => one.call === call).length / drawn.length;
  return { hits, of, wilson: wilson(hits, of), by_family: byFamily(rated, rate) };
}

const familiesOf = (rated: readonly Rated[]) => new Set(rated.map(({ family }) => family)).size;
