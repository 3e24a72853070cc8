import { RE2JS } from '@bufbuild/re2';
import type { Migration, TcpRoute, Universe } from '@chronos/proto/chronos/v1/migration_pb.js';
import type { Problem } from './validate.ts';

/** What the fields of TCP routes cannot say one by one. */
export function tcpProblems(spec: Migration): Problem[] {
  const listening = new Map([[spec.listen, 'listen']]);
  const named = new Map(spec.routes.map(({ name }, index) => [name, `routes[${index}]`]));
  return spec.tcp.flatMap((route, index) => {
    const path = `tcp[${index}]`;
    return [
      ...unique(named, route.name, path, 'name', 'names are unique among routes and tcp'),
      ...unique(listening, route.listen, path, 'listen', 'each port takes one kind of client'),
      ...stayProblems(route, path),
      ...targetProblems(spec, route, path),
      ...ignoreProblems(route, path),
    ];
  });
}

function unique(
  seen: Map<string, string>,
  value: string,
  path: string,
  field: string,
  why: string,
): Problem[] {
  const earlier = seen.get(value);
  seen.set(value, earlier ?? path);
  return earlier === undefined
    ? []
    : [{ path: `${path}.${field}`, message: `"${value}" is taken by ${earlier}; ${why}` }];
}

function stayProblems({ stayOnLegacy, shadowOnly }: TcpRoute, path: string): Problem[] {
  if (!stayOnLegacy || !shadowOnly) return [];
  const message = 'give stay_on_legacy (never mirrored) or shadow_only (mirrored, never moved), not both';
  return [{ path: `${path}.shadow_only`, message }];
}

function targetProblems(spec: Migration, route: TcpRoute, path: string): Problem[] {
  const problems: Problem[] = [];
  const addresses = (['legacy', 'modern'] as const).map((side) => {
    const target = route[side]?.target;
    const universe: Universe | undefined = spec[side];
    if (target?.case === 'port' && universe?.builds.length === 0) {
      problems.push({
        path: `${path}.${side}.port`,
        message: `"${target.value}" is a port of builds that Chronos starts; ${side} is a running service: give its address`,
      });
    }
    const address = target === undefined ? universe?.address : target.case === 'address' ? target.value : '';
    if (address !== undefined && address !== '' && address === route.listen) {
      problems.push({
        path: `${path}.${side}`,
        message: `must differ from listen (${route.listen}): the proxy would call itself`,
      });
    }
    return address;
  });
  if (addresses[0] !== '' && addresses[0] !== undefined && addresses[0] === addresses[1]) {
    problems.push({ path: `${path}.modern`, message: `must differ from legacy's address (${addresses[0]})` });
  }
  return problems;
}

function ignoreProblems({ ignore }: TcpRoute, path: string): Problem[] {
  return ignore.flatMap((pattern, index) => {
    try {
      RE2JS.compile(pattern);
      return [];
    } catch (error) {
      const flaw = error instanceof Error ? error.message : String(error);
      return [{ path: `${path}.ignore[${index}]`, message: `is no RE2 regular expression: ${flaw}` }];
    }
  });
}
