/** What is served to whom, and what a change is. */
export interface Scenario {
  readonly variant: 'sotw' | 'delta';
  readonly proxies: number;
  /** Route configurations that each proxy subscribes to, by name. */
  readonly resources: number;
  /**
   * `shared`: all proxies run one snapshot and name the same routes. `distinct`: one snapshot, and no two proxies name the same set (one
   * name of each is its own). `per-node`: the same, and each proxy has a snapshot of its own, that holds what it names.
   */
  readonly shape: 'shared' | 'distinct' | 'per-node';
  /** `route`: the weights within one route configuration, which all proxies subscribe to. `weight`: one key of the one runtime layer. */
  readonly change: 'route' | 'weight';
}

/** The three that are compared; all are driven by the same clients. */
export type Contender = 'chronos' | 'snapshot' | 'linear';

export const contenderNames: Readonly<Record<Contender, string>> = {
  chronos: 'Chronos',
  snapshot: 'SnapshotCache',
  linear: 'LinearCache',
};

/** As the peers' program reads it (bench/peers/scenario.go): `file` holds the resources. */
export interface ServedScenario extends Scenario {
  readonly file: string;
}

const digits = (n: number) => String(n).padStart(5, '0');
export const sharedName = (n: number) => `route-${digits(n)}`;
export const ownName = (proxy: number) => `own-${digits(proxy)}`;
export const layerName = 'chronos';

/** How many of a proxy's routes it shares with all others. */
export function sharedCount({ shape, resources }: Scenario): number {
  return shape === 'shared' ? resources : resources - 1;
}

export const group = 'bench';
export const nodeIdOf = (proxy: number) => `proxy-${proxy}`;

/** Types that a proxy asks for: one in a change of a route, so that its cost stands alone, two in a change of a weight. */
export function typesOf({ change }: Scenario): number {
  return change === 'route' ? 1 : 2;
}

export function label(scenario: Scenario): string {
  const { variant, proxies, resources, shape, change } = scenario;
  return `${variant.padEnd(5)} ${proxies} × ${resources} ${shape}${change === 'weight' ? ', weight' : ''}`;
}
