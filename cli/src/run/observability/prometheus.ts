import { join } from 'node:path';
import { findOnPath } from '@chronos/local/unprivileged.ts';
import { loopback, partNames } from '../part-names.ts';
import type { Tool } from './tool.ts';

const keptFor = '7d';
const keptAtMost = '512MB';

/** Prometheus as the machine has it: what it scrapes is laid down already, it only has to run. */
export const prometheus: Tool = {
  title: 'Prometheus',
  async find({ ports, folder }) {
    const command = await findOnPath('prometheus');
    if (command === undefined)
      return {
        missing:
          'Prometheus is not installed, so it is not started\n  → Debian, Ubuntu: apt install prometheus; elsewhere put the binary of prometheus.io/download on the PATH',
      };
    const home = folder.sub('prometheus');
    const address = loopback(ports.prometheus);
    return {
      url: `http://${address}`,
      part: {
        name: partNames.prometheus,
        command,
        args: [
          `--config.file=${join(home, 'prometheus.yml')}`,
          `--storage.tsdb.path=${join(home, 'data')}`,
          `--storage.tsdb.retention.time=${keptFor}`,
          `--storage.tsdb.retention.size=${keptAtMost}`,
          `--web.listen-address=${address}`,
          '--log.level=warn',
        ],
        cwd: home,
        ports: [ports.prometheus],
        ready: async () => (await fetch(`http://${address}/-/ready`)).ok,
        restart: true,
      },
    };
  },
};
