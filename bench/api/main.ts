// npm run bench:api: what watching browsers cost the control plane.

import { parseArgs } from 'node:util';
import { versions } from '@chronos/local/versions.ts';
import { type Bench, note, readCommandLine, runBenches } from '../run.ts';
import { benchFanOut, fanOutTable } from './fan-out.ts';

const help = `Usage: npm run bench:api -- [--quick] [--json FILE]

  200 browsers watch everything of a migration that takes 100 requests a second, on real parts: the control plane's CPU with them less
  that without them, in paired rounds; beside it the same with messages that are encoded for each watcher

  --quick      under two minutes, coarse
  --json FILE  write the figures there as well
`;

const { quick, json } = readCommandLine(help, () => {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  });
  return values;
});

const benches: Record<'fan-out', Bench> = {
  async 'fan-out'() {
    const rounds = quick ? 3 : 5;
    const figures = await benchFanOut({
      watchers: 200,
      perSecond: 100,
      rounds,
      seconds: quick ? 5 : 10,
      onRound: (round) => note(`round ${round} of ${rounds}`),
    });
    return { figures, table: fanOutTable(figures) };
  },
};

await runBenches({ benches, only: undefined, quick, json, versions: { Envoy: versions.envoy } });
