import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { goldenCases } from '../../../testdata/translate/cases.ts';
import { resourceJson } from './json.ts';
import type { NamedResource } from './resource.ts';
import { translate } from './translate.ts';

const update = process.env.UPDATE_GOLDEN === '1';
const json = (resources: readonly NamedResource[]) => resources.map(({ message }) => resourceJson(message));

test.each(goldenCases())('$name', ({ ir, outPath }) => {
  const { clusters, endpoints, listeners, routes, runtimes } = translate(ir);
  const actual = stringify(
    {
      clusters: json(clusters),
      endpoints: json(endpoints),
      listeners: json(listeners),
      routes: json(routes),
      runtimes: json(runtimes),
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
  if (update) writeFileSync(outPath, actual);
  expect(existsSync(outPath)).toBe(true);
  expect(actual).toBe(readFileSync(outPath, 'utf8'));
});
