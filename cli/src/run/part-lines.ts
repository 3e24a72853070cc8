import type { PartEvent } from '@chronos/local/supervisor.ts';
import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';
import { CliError, exitCodes } from '../core/exit-codes.ts';
import type { StoryEvent } from '../core/run/story-event.ts';
import { padEnd } from '../core/text/cells.ts';
import { span } from '../core/text/numbers.ts';
import { loopback, partNames } from './part-names.ts';
import type { Ports } from './ports.ts';
import type { Terminal } from './terminal.ts';

/** `told`: the URL as people read it. */
type Shown = {
  readonly title: string;
  readonly url: string;
  readonly told: string;
  readonly isVital: boolean;
};

const titleCells = 34;

/** Tells what happens to the parts, one line each: ready with its URL, ended, restarted, given up. */
export class PartLines {
  readonly #terminal: Terminal;
  readonly #shown = new Map<string, Shown>();
  #failure: string | undefined;
  #isQuiet = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Names and addresses of the parts that are about to start. */
  expect(migration: Migration, ports: Ports): void {
    const rift = `http://${migration.listen}`;
    const api = `http://${loopback(ports.api)}`;
    const shown: [name: string, title: string, url: string, told?: string][] = [
      [partNames.database, "Chronos' own database", `postgres://${loopback(ports.database)}`],
      [
        partNames.legacyDatabase,
        "Legacy universe's database",
        `postgres://${loopback(ports.legacyDatabase)}`,
      ],
      [
        partNames.modernDatabase,
        "Modern universe's database",
        `postgres://${loopback(ports.modernDatabase)}`,
      ],
      [partNames.kafka, 'Kafka', loopback(ports.kafka)],
      [partNames.controlPlane, 'Control plane', api, `${api}  Mission Control: open it in a browser`],
      [partNames.capture, 'Capture', `grpc://${loopback(ports.capture)}`],
      [partNames.identifiers, 'Identifiers', `grpc://${loopback(ports.identifiers)}`],
      [
        partNames.arbiter,
        'Entanglement Engine (arbiter)',
        `http://${loopback(ports.arbiterMetrics)}/metrics`,
      ],
      [partNames.entanglement, 'Entanglement (databases)', `http://${loopback(ports.entanglement)}/captures`],
      [partNames.connect, 'Kafka Connect (Debezium)', `http://${loopback(ports.connect)}`],
      [partNames.timeRift, 'Time Rift (Envoy)', rift, `${rift}  admin http://${loopback(ports.envoyAdmin)}`],
      [partNames.traffic, 'Traffic', rift, `→ ${rift}`],
    ];
    for (const [name, title, url, told = url] of shown)
      this.#shown.set(name, { title, url, told, isVital: name !== partNames.traffic });
  }

  /** Something is about to start without which Chronos goes on: a build of a universe, a tool. */
  expectOptional(part: string, title: string, url: string): void {
    this.#shown.set(part, { title, url, told: url, isVital: false });
  }

  /** Stopping begins: what ends now ends because it was told to. */
  quiet(): void {
    this.#isQuiet = true;
  }

  /** A part without which Chronos cannot work was given up. */
  throwIfFailed(): void {
    if (this.#failure !== undefined) throw new CliError(exitCodes.failed, this.#failure);
  }

  take(event: PartEvent): void {
    if (this.#isQuiet) return;
    const { colors } = this.#terminal;
    const known = this.#shown.get(event.part);
    const title = known?.title ?? event.part;
    const { kind, ...fields } = event;
    const told = { event: 'part', phase: kind, title, url: known?.url, ...fields };
    switch (event.kind) {
      case 'ready':
        this.#terminal.note(
          `${colors.good('✓')} ${padEnd(title, titleCells)} ${padEnd(span(event.seconds * 1_000), 8)} ${known?.told ?? ''}`.trimEnd(),
          told,
        );
        return;
      case 'exited':
        if (event.part !== partNames.traffic)
          this.#terminal.line(colors.warn(`${title} ended with ${event.how}`), told);
        return;
      case 'restarting':
        this.#terminal.line(
          `${title} is started again (attempt ${event.attempt}, in ${span(event.delayMs)})`,
          told,
        );
        return;
      case 'failed':
        this.#failed(event.part, title, event.reason, told);
        return;
      case 'starting':
      case 'stopped':
        return;
    }
  }

  #failed(part: string, title: string, reason: string, event: StoryEvent): void {
    if (part === partNames.traffic) {
      this.#terminal.line(`the traffic has ended: ${reason}`, event);
      return;
    }
    this.#terminal.line(this.#terminal.colors.bad(`${title} was given up: ${reason}`), event);
    // A build that cannot live is the migration's business: the proxy fails over, the evidence shows it.
    if (this.#shown.get(part)?.isVital === true) this.#failure = `${title} was given up: ${reason}`;
  }
}
