import fc from 'fast-check';
import type { FakeSpec } from './fake-snapshot.ts';

const clusterNames = ['a', 'b', 'c'] as const;
const version = fc.integer({ min: 1, max: 9 }).map(String);

/** A consistent snapshot that every correct client accepts. */
export const goodSpec: fc.Arbitrary<FakeSpec> = fc
  .record({
    clusters: fc.dictionary(fc.constantFrom(...clusterNames), version, { minKeys: 1, noNullPrototype: true }),
    endpointVersion: version,
    runtime: version,
    routes: fc.dictionary(fc.constantFrom('r', 's'), fc.tuple(version, fc.nat()), { noNullPrototype: true }),
    listenerVersion: version,
  })
  .map(({ clusters, endpointVersion, runtime, routes, listenerVersion }) => {
    const names = Object.keys(clusters);
    return {
      clusters,
      endpoints: Object.fromEntries(names.map((name) => [name, endpointVersion])),
      runtimes: { rt: runtime },
      listeners: Object.fromEntries(
        Object.keys(routes).map((name) => [`l-${name}`, [listenerVersion, [name]]]),
      ),
      routes: Object.fromEntries(
        Object.entries(routes).map(([name, [routeVersion, pick]]) => [
          name,
          [routeVersion, [names[pick % names.length]!]],
        ]),
      ),
    } satisfies FakeSpec;
  });

/** A snapshot one of whose resources is rejected: by every client, or by one. */
export const badSpec = (...names: readonly string[]): fc.Arbitrary<FakeSpec> =>
  fc
    .tuple(
      goodSpec,
      fc.constantFrom('cluster', 'route', 'endpoint', 'runtime', 'listener'),
      version,
      fc.constantFrom('bad', ...names.map((name) => `bad-${name}-`)),
    )
    .map(([spec, where, n, prefix]): FakeSpec => {
      const bad = `${prefix}${n}`;
      const first = Object.keys(spec.clusters ?? {})[0]!;
      const spoil = (of: FakeSpec['routes'] = {}) =>
        Object.fromEntries(Object.entries(of).map(([name, [, to]]) => [name, [bad, to] as const]));
      switch (where) {
        case 'cluster':
          return { ...spec, clusters: { ...spec.clusters, [first]: bad } };
        case 'endpoint':
          return { ...spec, endpoints: { ...spec.endpoints, [first]: bad } };
        case 'runtime':
          return { ...spec, runtimes: { rt: bad } };
        case 'listener':
          return { ...spec, listeners: spoil(spec.listeners) };
        default:
          return { ...spec, routes: spoil(spec.routes) };
      }
    });
