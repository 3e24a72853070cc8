import { create } from '@bufbuild/protobuf';
import { MismatchEntrySchema } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import { placeKey } from './causes.ts';
import { whichCause } from './which-cause.ts';

const entry = (cause: string, build: string, group: string, severity: Severity) =>
  create(MismatchEntrySchema, {
    id: `${cause} ${build} ${group}`,
    group: {
      group,
      route: `GET /${group}`,
      field: `body.${cause}`,
      modernDeployment: build,
      severity,
      count: 1n,
      cause: { id: cause, sentence: cause, fields: 1, routes: 1 },
    },
  });
const entries = [
  entry('rounding', 'v2', 'loans', Severity.CRITICAL),
  entry('order', 'v2', 'accounts', Severity.MINOR),
  entry('zone', 'v1', 'accounts', Severity.MINOR),
];
const nothing = { cause: '', place: '', build: undefined, route: '' };
const shown = (asked: object) => {
  const { build, causes, cause } = whichCause(entries, 'v2', { ...nothing, ...asked });
  return [build, causes.map(({ id }) => id), cause?.id];
};

describe('the cause that an address asks for', () => {
  test('nothing said: the worst of the build that serves', () => {
    expect(shown({})).toEqual(['v2', ['rounding', 'order'], 'rounding']);
  });

  test('a route: its causes alone', () => {
    expect(shown({ route: 'accounts' })).toEqual(['v2', ['order'], 'order']);
    expect(shown({ route: 'cards' })).toEqual(['v2', [], undefined]);
  });

  test('an old link to a place opens that place, with its build', () => {
    expect(shown({ place: placeKey(entries[1]!.group!) })).toEqual(['v2', ['rounding', 'order'], 'order']);
    expect(shown({ place: placeKey(entries[2]!.group!) })).toEqual(['v1', ['zone'], 'zone']);
  });

  test('a link to a cause without its build finds it after a deploy, too', () => {
    expect(shown({ cause: 'zone' })).toEqual(['v1', ['zone'], 'zone']);
    expect(shown({ cause: 'zone', build: 'v2' })).toEqual(['v2', ['rounding', 'order'], undefined]);
    expect(shown({ cause: 'settled' })).toEqual(['v2', ['rounding', 'order'], undefined]);
  });
});
