import type { Contender, Scenario } from './scenario.ts';

const variants = ['sotw', 'delta'] as const;
const shapes = ['shared', 'distinct', 'per-node'] as const;

/** Proxies × resources up to which the peers run too: beyond it a round of theirs takes a minute. */
const PEERS_MAX = 100_000;

/** Every scenario of the table; `quick` keeps those that the aims speak of, and one small one. */
export function scenarios(quick: boolean): readonly Scenario[] {
  const all = variants.flatMap((variant): Scenario[] => {
    const routes = shapes.flatMap((shape) =>
      [1, 10, 100, 1_000].flatMap((proxies) =>
        [10, 100, 1_000].map(
          (resources): Scenario => ({ variant, proxies, resources, shape, change: 'route' }),
        ),
      ),
    );
    const weights = [1, 10, 100, 1_000].map(
      (proxies): Scenario => ({ variant, proxies, resources: 100, shape: 'shared', change: 'weight' }),
    );
    return [...routes.filter(reasonable), ...weights];
  });
  return quick ? all.filter(isQuick) : all;
}

/** A million snapshots' entries measure the machine's memory, not the server. */
function reasonable({ shape, proxies, resources }: Scenario): boolean {
  return shape === 'shared' || proxies * resources <= PEERS_MAX;
}

function isQuick({ proxies, resources, shape, change }: Scenario): boolean {
  if (change === 'weight') return proxies === 1_000;
  if (proxies === 100 && resources === 1_000) return true;
  return (
    shape === 'shared' && ((proxies === 10 && resources === 10) || (proxies === 1_000 && resources === 100))
  );
}

/** Who runs in a scenario: LinearCache knows no nodes. */
export function contendersOf(scenario: Scenario, peers: boolean): readonly Contender[] {
  if (!peers || scenario.proxies * scenario.resources > PEERS_MAX) return ['chronos'];
  return scenario.shape === 'per-node' ? ['chronos', 'snapshot'] : ['chronos', 'snapshot', 'linear'];
}
