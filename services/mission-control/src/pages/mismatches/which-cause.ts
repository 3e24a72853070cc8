import type { MismatchEntry } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { buildsOf, type Cause, orderedCauses, placeKey } from './causes.ts';

/** What the address asks for. */
export interface Asked {
  /** Id of a cause; empty: the worst, or that of the place. */
  readonly cause: string;
  /** A place where a cause shows ({@link placeKey}); empty: none. */
  readonly place: string;
  /** Id of a deployment of modern; empty: all. Undefined where the address says nothing, as links of old tickets do. */
  readonly build: string | undefined;
  /** A route group that there is; empty: all. */
  readonly route: string;
}

export interface Shown {
  /** Builds of modern that mismatches were seen with, the running one first. */
  readonly builds: readonly string[];
  /** As of {@link Asked}. */
  readonly build: string;
  readonly causes: readonly Cause[];
  /** Undefined when the one asked for does not stand. */
  readonly cause: Cause | undefined;
}

/** The causes of the route and the build that are asked for, and the one to show. Without a build: the one in which what is asked for stands. */
export function whichCause(entries: readonly MismatchEntry[], running: string, asked: Asked): Shown {
  const { cause: id, place, route } = asked;
  const all = entries.filter(({ group }) => route === '' || group?.group === route);
  const builds = buildsOf(entries, running);
  const causesOf = (build: string) =>
    orderedCauses(all.filter(({ group }) => build === '' || group?.modernDeployment === build));
  const placed = all.find(({ group }) => group !== undefined && placeKey(group) === place)?.group;
  const linked = id === '' ? undefined : builds.find((each) => causesOf(each).some((one) => one.id === id));
  const usual = builds.includes(running) || running === '' ? running : '';
  const build = asked.build ?? placed?.modernDeployment ?? linked ?? usual;
  const causes = causesOf(build);
  const worst = causes.find(({ groups }) => groups.some((each) => placeKey(each) === place)) ?? causes[0];
  return { builds, build, causes, cause: id === '' ? worst : causes.find((each) => each.id === id) };
}
