import { join } from 'node:path';
import { loopback, partNames } from '../part-names.ts';
import { findProgram } from './find-program.ts';
import type { Tool, ToolSurroundings } from './tool.ts';

const keptFor = '7d';
const keptAtMost = '512MB';

/** Prometheus as the machine has it: what it scrapes is laid down already, it only has to run. */
export const prometheus: Tool = {
  title: 'Prometheus',
  find({ ports, folder }: ToolSurroundings) {
    const command = findProgram('prometheus', process.env.PATH ?? '');
    if (command === undefined)
      return {
        missing:
          'Prometheus is not installed\n  → Debian, Ubuntu: apt install prometheus; elsewhere put the binary of prometheus.io/download on the PATH',
      };
    const data = folder.sub('prometheus');
    const address = loopback(ports.prometheus);
    return {
      url: `http://${address}`,
      part: {
        name: partNames.prometheus,
        command,
        args: [
          `--config.file=${join(data, 'prometheus.yml')}`,
          `--storage.tsdb.path=${join(data, 'data')}`,
          `--storage.tsdb.retention.time=${keptFor}`,
          `--storage.tsdb.retention.size=${keptAtMost}`,
          `--web.listen-address=${address}`,
          '--log.level=warn',
        ],
        cwd: data,
        ports: [ports.prometheus],
        ready: async () => (await fetch(`http://${address}/-/ready`)).ok,
        restart: true,
      },
    };
  },
};
