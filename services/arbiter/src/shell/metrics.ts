import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** The arbiter's figures, by Prometheus' conventions. */
export class ArbiterMetrics {
  readonly registry = new Registry();
  readonly verdicts = new Counter({
    name: 'chronos_arbiter_verdicts_total',
    help: 'Verdicts by kind.',
    labelNames: ['kind'],
    registers: [this.registry],
  });
  readonly lost = new Counter({
    name: 'chronos_arbiter_lost_total',
    help: 'Requests that could not be compared, by reason.',
    labelNames: ['reason'],
    registers: [this.registry],
  });
  readonly unreadable = new Counter({
    name: 'chronos_arbiter_unreadable_records_total',
    help: 'Records of shadow-requests that are no exchange.',
    registers: [this.registry],
  });

  /** Gauges are asked for when they are scraped. */
  constructor(state: { pending(): number; ignored(): number; lag(): number }) {
    collectDefaultMetrics({ register: this.registry });
    const gauge = (name: string, help: string, read: () => number) =>
      new Gauge({
        name,
        help,
        registers: [this.registry],
        collect() {
          this.set(read());
        },
      });
    gauge('chronos_arbiter_pending', 'Requests that wait for their other half.', state.pending);
    gauge(
      'chronos_arbiter_ignored',
      'Duplicate or late exchanges since the partitions were assigned.',
      state.ignored,
    );
    gauge(
      'chronos_arbiter_lag',
      'Records behind the end of shadow-requests, as of the last batches.',
      state.lag,
    );
  }

  /** Serves /metrics; resolves with the port. */
  async serve(host: string, port: number): Promise<{ port: number; close(): void }> {
    const server = createServer((request, response) => {
      if (request.url !== '/metrics') {
        response.writeHead(404).end();
        return;
      }
      this.registry.metrics().then(
        (text) => response.writeHead(200, { 'content-type': this.registry.contentType }).end(text),
        () => response.writeHead(500).end(),
      );
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    return {
      port: (server.address() as AddressInfo).port,
      close: () => {
        server.close();
        server.closeAllConnections();
      },
    };
  }
}
