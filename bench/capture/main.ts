import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startDataPlane } from '@chronos/capture/testing/data-plane.ts';
import { temporaryDir } from '@chronos/local/testing.ts';
import { defaultCacheDir, ensureEnvoy } from '@chronos/local/toolchain.ts';
import { startScript } from './child.ts';
import { type Load, measure, type Sample, type Subject } from './measure.ts';
import { summarise, table } from './summary.ts';
import { baseline, type Variant, variants } from './variants.ts';

const help = `Usage: node bench/capture/main.ts [--quick] [--rate N] [--rounds N] [--seconds N] [--json FILE]

Latency and CPU of capturing on real Envoys: 1 KiB each way, HTTP/1.1, open loop at a constant rate. In each round every variant has its turn,
in an order that rotates, so that ratios compare what ran side by side. About two and a half minutes; --quick about half a minute.
`;
const { values: options } = parseArgs({
  options: {
    help: { type: 'boolean' },
    quick: { type: 'boolean' },
    rate: { type: 'string', default: '200' },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    json: { type: 'string' },
  },
});
if (options.help) {
  process.stdout.write(help);
  process.exit(0);
}
const rounds = Number(options.rounds ?? (options.quick ? 3 : 7));
const load: Load = {
  ratePerSecond: Number(options.rate),
  seconds: Number(options.seconds ?? (options.quick ? 1 : 3)),
  bodyBytes: 1024,
};
if (![rounds, load.ratePerSecond, load.seconds].every((n) => Number.isFinite(n) && n > 0)) {
  process.stderr.write('--rate, --rounds and --seconds are numbers above 0\n');
  process.exit(2);
}

// Latency is the machine's as much as the variant's: a reader must see whether it was idle.
const loadBefore = loadavg()[0] ?? 0;
const dir = await temporaryDir('bench-capture');
const stops: (() => unknown)[] = [dir.dispose];
try {
  const envoyBinary = await ensureEnvoy(defaultCacheDir);
  const [legacy, modern] = await Promise.all(
    [0, 1].map(() => startScript('backend.ts', String(load.bodyBytes))),
  );
  stops.push(legacy!.stop, modern!.stop);

  const subject = async (variant: Variant): Promise<Subject> => {
    const collector = variant.collector && (await startScript(variant.collector));
    if (collector) stops.push(collector.stop);
    if (!variant.envoy) return { variant, port: modern!.port, envoy: undefined, collector };
    const envoyDir = join(dir.path, variant.name.replaceAll(' ', ''));
    await mkdir(envoyDir);
    const envoy = await startDataPlane({
      envoy: envoyBinary,
      dir: envoyDir,
      legacyPort: legacy!.port,
      modernPort: modern!.port,
      capturePort: collector?.port ?? 1,
      ...variant.envoy,
    });
    stops.push(envoy.stop);
    return { variant, port: envoy.port, envoy, collector };
  };
  const subjects: Subject[] = [];
  for (const variant of variants) subjects.push(await subject(variant));

  // Connections are made and code is compiled before anything counts.
  for (const each of subjects) await measure(each, { ...load, seconds: 1 });
  const measured: Map<Variant, Sample>[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const samples = new Map<Variant, Sample>();
    for (let turn = 0; turn < subjects.length; turn += 1) {
      const each = subjects[(round + turn) % subjects.length]!;
      samples.set(each.variant, await measure(each, load));
    }
    measured.push(new Map(subjects.map((s) => [s.variant, samples.get(s.variant)!])));
    process.stderr.write(`round ${round + 1} of ${rounds}\n`);
  }

  const summaries = summarise(measured);
  const machine = { cpus: cpus().length, model: cpus()[0]?.model ?? '', loadBefore };
  process.stdout.write(
    `${load.ratePerSecond} requests/s, ${load.bodyBytes} bytes each way, ${rounds} rounds of ${load.seconds} s, ${machine.cpus} × ${machine.model}, load average before ${loadBefore.toFixed(1)}\n\n`,
  );
  process.stdout.write(`${table(summaries)}\n\n`);
  process.stdout.write(
    `µs: CPU a request. p50 ÷ ${baseline}: paired by round. lost: captures that did not arrive.\n`,
  );
  for (const { name, about } of variants) process.stdout.write(`  ${name}: ${about}\n`);
  if (options.json)
    await writeFile(options.json, `${JSON.stringify({ load, rounds, machine, summaries }, null, 2)}\n`);
} finally {
  for (const stop of stops.reverse()) await stop();
}
