import { EventEmitter, on } from 'node:events';
import {
  Health,
  HealthCheckResponse_ServingStatus as Status,
} from '@chronos/proto/grpc/health/v1/health_pb.js';
import { Code, ConnectError, type ConnectRouter } from '@connectrpc/connect';

/** More watchers than this are refused: a watcher costs memory for as long as it stays. */
const WATCHERS_MAX = 1_000;

/**
 * grpc.health.v1 for a server that serves all its services or none. The empty service name means the whole server.
 */
export class HealthState {
  readonly #changes = new EventEmitter().setMaxListeners(WATCHERS_MAX + 1);
  #serving = true;
  #watchers = 0;

  get serving(): boolean {
    return this.#serving;
  }

  set(serving: boolean): void {
    if (serving === this.#serving) return;
    this.#serving = serving;
    this.#changes.emit('change');
  }

  /** @param draining ends the watchers' streams, after they were told that the server no longer serves. */
  routes(router: ConnectRouter, services: () => readonly string[], draining: AbortSignal): void {
    const knows = (service: string) => service === '' || services().includes(service);
    const status = () => (this.#serving ? Status.SERVING : Status.NOT_SERVING);
    router.service(Health, {
      check: ({ service }) => {
        if (!knows(service)) throw new ConnectError(`service "${service}" is not known here`, Code.NotFound);
        return { status: status() };
      },
      list: () => ({
        statuses: Object.fromEntries(['', ...services()].map((name) => [name, { status: status() }])),
      }),
      watch: ({ service }, context) =>
        this.#watch(
          () => (knows(service) ? status() : Status.SERVICE_UNKNOWN),
          AbortSignal.any([context.signal, draining]),
        ),
    });
  }

  async *#watch(status: () => Status, ends: AbortSignal) {
    if (this.#watchers >= WATCHERS_MAX) {
      throw new ConnectError(`more than ${WATCHERS_MAX} health watchers`, Code.ResourceExhausted);
    }
    this.#watchers += 1;
    let told = status();
    try {
      const changes = on(this.#changes, 'change', { signal: ends });
      yield { status: told };
      for await (const _ of changes) {
        if (status() === told) continue;
        told = status();
        yield { status: told };
      }
    } catch (error) {
      if (!ends.aborted) throw error;
      if (status() !== told) yield { status: status() };
    } finally {
      this.#watchers -= 1;
    }
  }
}
