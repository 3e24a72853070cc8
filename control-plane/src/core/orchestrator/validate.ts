import { durationMs } from '@bufbuild/protobuf/wkt';
import { RE2JS } from '@bufbuild/re2';
import { approvedProblems } from '@chronos/arbiter/core/approve/problems.ts';
import { formatProblems } from '@chronos/arbiter/core/compare/formats/problems.ts';
import { parseSensitive } from '@chronos/capture/core/mask/paths.ts';
import type {
  CompareRules,
  Migration,
  RouteMatch,
  Universe,
} from '@chronos/proto/chronos/v1/migration_pb.js';
import { declaredGroups } from '../groups.ts';
import { fullWeightBp } from './group.ts';
import { hangToldMs, msOf, weightOfPercent, withDefaults } from './policy.ts';
import { entanglementProblems } from './validate-entanglement.ts';
import { identifierProblems } from './validate-identifiers.ts';
import { tcpProblems } from './validate-tcp.ts';

/** One thing wrong with a migration: where (a protobuf field path), and what is accepted there. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

/**
 * What a migration's fields cannot say one by one; the rules in the .proto files come first. Returns every problem, in the file's order.
 */
export function semanticProblems(spec: Migration): Problem[] {
  return [
    ...addressProblems(spec),
    ...universeProblems('legacy', spec.legacy),
    ...universeProblems('modern', spec.modern),
    ...routeProblems(spec),
    ...tcpProblems(spec),
    ...compareProblems('compare', spec.compare),
    ...policyProblems(spec),
    ...repeatedNames(spec.segments, 'segments'),
    ...approvedProblems(spec),
    ...sensitiveProblems(spec),
    ...secondRunProblems(spec),
    ...formatProblems(spec),
    ...identifierProblems(spec),
    ...entanglementProblems(spec),
  ];
}

function addressProblems(spec: Migration): Problem[] {
  const problems: Problem[] = [];
  for (const [name, universe] of [
    ['legacy', spec.legacy],
    ['modern', spec.modern],
  ] as const) {
    if (universe?.address !== '' && universe?.address === spec.listen) {
      problems.push({
        path: `${name}.address`,
        message: `must differ from listen (${spec.listen}): the proxy would call itself`,
      });
    }
  }
  const legacy = spec.legacy?.address ?? '';
  if (legacy !== '' && legacy === spec.modern?.address) {
    problems.push({ path: 'modern.address', message: `must differ from legacy.address (${legacy})` });
  }
  return problems;
}

function universeProblems(name: string, universe: Universe | undefined): Problem[] {
  if (universe === undefined) return [];
  const problems = repeatedNames(universe.builds, `${name}.builds`);
  if (universe.postgres !== undefined && universe.builds.length === 0) {
    problems.push({
      path: `${name}.postgres`,
      message: 'is for builds that Chronos starts; a running service has its own database',
    });
  }
  return problems;
}

function routeProblems(spec: Migration): Problem[] {
  const problems = repeatedNames(spec.routes, 'routes');
  const groups = declaredGroups(spec);
  if (groups.length === 0) {
    return [{ path: 'routes', message: 'is missing: a migration has routes, tcp, or both' }];
  }
  if (groups.every((group) => group.stayOnLegacy || group.shadowOnly)) {
    const message = 'at least one group must migrate: neither stay_on_legacy nor shadow_only';
    problems.push({ path: 'routes', message });
  }
  const seen = new Map<string, string>();
  const full = withDefaults(spec);
  problems.push(...hangProblems(full));
  full.routes.forEach((group, g) => {
    const path = `routes[${g}]`;
    if (group.stayOnLegacy && group.shadowOnly) {
      const message = 'give stay_on_legacy (never mirrored) or shadow_only (mirrored, never moved), not both';
      problems.push({ path: `${path}.shadow_only`, message });
    }
    if (group.timeout && group.perTryTimeout && durationMs(group.perTryTimeout) > durationMs(group.timeout)) {
      problems.push({
        path: `${path}.per_try_timeout`,
        message: `must not be longer than timeout (${durationMs(group.timeout) / 1000} s)`,
      });
    }
    group.match.forEach((match, m) => {
      problems.push(...matchProblems(match, `${path}.match[${m}]`, seen));
    });
    problems.push(...compareProblems(`${path}.compare`, group.compare));
  });
  return problems;
}

/** A modern that hangs must be known before its request's time is up: later it is a lost request, and nobody is taken off modern for it. */
function hangProblems({ policy, routes }: Migration): Problem[] {
  const moving = routes.filter((group) => !group.stayOnLegacy && !group.shadowOnly);
  const attemptMs = Math.max(0, ...moving.map((group) => msOf(group.perTryTimeout)));
  const neededMs = attemptMs + hangToldMs;
  if (attemptMs === 0 || msOf(policy?.joinDeadline) >= neededMs) return [];
  const message =
    `is too short: an attempt that hangs is given up after per_try_timeout (${attemptMs / 1000} s) and known ${hangToldMs / 1000} s later; ` +
    `accepted: ${neededMs / 1000} s or more, or with a shorter per_try_timeout less`;
  return [{ path: 'policy.join_deadline', message }];
}

function matchProblems(match: RouteMatch, path: string, seen: Map<string, string>): Problem[] {
  const problems: Problem[] = [];
  if (match.path.case === 'regex') {
    const flaw = regexFlaw(match.path.value);
    if (flaw !== undefined) {
      problems.push({ path: `${path}.regex`, message: `is no RE2 regular expression: ${flaw}` });
    }
  }
  const methods = match.methods.length === 0 ? [''] : match.methods;
  for (const method of methods) {
    const key = `${match.path.case} ${match.path.value} ${method}`;
    const earlier = seen.get(key) ?? seen.get(`${match.path.case} ${match.path.value} `);
    if (earlier === undefined) {
      seen.set(key, path);
      continue;
    }
    problems.push({ path, message: `can never match: ${earlier} takes the same requests first` });
    break;
  }
  return problems;
}

function compareProblems(path: string, rules: CompareRules | undefined): Problem[] {
  if (rules === undefined) return [];
  return (['ignore', 'unordered'] as const).flatMap((list) =>
    rules[list].flatMap((field, index) =>
      fieldPath.test(field)
        ? []
        : [
            {
              path: `${path}.${list}[${index}]`,
              message: `"${field}" is no field path; accepted are paths such as body.items[*].id, header.etag, trailer.x, status`,
            },
          ],
    ),
  );
}

/** `body`, `header`, `trailer`, `grpc` or `status`, then names, `[*]`, `[0]` and `*` between dots. */
const fieldPath = /^(status|body|header|trailer|grpc)((\.[^.[\]\s]+)|\[(\*|\d+)\])*$/;

function secondRunProblems({ listen, legacy, modern }: Migration): Problem[] {
  const problems: Problem[] = [];
  if (modern?.second !== undefined) {
    problems.push({
      path: 'modern.second',
      message: 'is for legacy: it is legacy that is run a second time',
    });
  }
  const second = legacy?.second;
  if (second === undefined) return problems;
  const path = 'legacy.second.address';
  if (second.address === listen) {
    problems.push({ path, message: `must differ from listen (${listen}): the proxy would call itself` });
  }
  if (second.address === modern?.address) {
    problems.push({
      path,
      message: `must differ from modern.address (${second.address}): it is a second legacy`,
    });
  }
  if (second.writes && second.address === legacy?.address) {
    problems.push({
      path: 'legacy.second.writes',
      message: 'must not be set where the second run is legacy itself: each write would be done twice',
    });
  }
  return problems;
}

function sensitiveProblems({ sensitive }: Migration): Problem[] {
  return (sensitive?.fields ?? []).flatMap((field, index) => {
    const parsed = parseSensitive(field);
    if (parsed.ok) return [];
    const message = `"${field}" is no path of a request or an answer: ${parsed.reason}`;
    return [{ path: `sensitive.fields[${index}]`, message }];
  });
}

function policyProblems(spec: Migration): Problem[] {
  const problems: Problem[] = [];
  const ladder = spec.policy?.ladder ?? [];
  let before = 0;
  ladder.forEach((step, index) => {
    const path = `policy.ladder[${index}].percent`;
    const weightBp = weightOfPercent(step.percent);
    if (Math.abs(step.percent * 100 - weightBp) > 1e-6) {
      problems.push({ path, message: `${step.percent} is finer than 0.01 %, the grain of the split` });
    }
    if (weightBp <= before) {
      problems.push({
        path,
        message: `${step.percent} % must be more than the step before (${before / 100} %)`,
      });
    }
    before = Math.max(before, weightBp);
  });
  if (ladder.length > 0 && before !== fullWeightBp) {
    problems.push({
      path: `policy.ladder[${ladder.length - 1}].percent`,
      message: 'the last step must be 100 %',
    });
  }
  const remediates = (spec.policy?.remediation?.deployNextBuildAfterMismatches ?? 0) > 0;
  if (remediates && (spec.modern?.builds.length ?? 0) < 2) {
    problems.push({
      path: 'policy.remediation.deploy_next_build_after_mismatches',
      message: 'needs at least two builds of modern',
    });
  }
  return problems;
}

function repeatedNames(items: readonly { readonly name: string }[], path: string): Problem[] {
  const first = new Map<string, number>();
  return items.flatMap(({ name }, index) => {
    const earlier = first.get(name);
    if (earlier === undefined) {
      first.set(name, index);
      return [];
    }
    return [
      {
        path: `${path}[${index}].name`,
        message: `"${name}" is taken by ${path}[${earlier}]; names are unique`,
      },
    ];
  });
}

function regexFlaw(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
