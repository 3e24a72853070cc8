import { Agent, request } from 'node:http';

export interface LoadReport {
  sent: number;
  succeeded: number;
  /** Status 5xx, connection errors, timeouts: what a client would call an outage. The first twenty in words. */
  failed: number;
  failures: string[];
}

export interface LoadOptions {
  target: string;
  perSecond: number;
  /** Distinct customers, sent as x-customer. */
  customers?: number;
  /** Share of POSTs with an idempotency key; the rest are GETs. */
  writes?: number;
}

export interface Load {
  report(): LoadReport;
  /** Stops sending, waits for what is in flight, and reports. */
  stop(): Promise<LoadReport>;
}

/** Sends at a constant rate whatever the answers do (open loop), on kept-alive connections. */
export function startLoad({ target, perSecond, customers = 200, writes = 0.2 }: LoadOptions): Load {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const counts: LoadReport = { sent: 0, succeeded: 0, failed: 0, failures: [] };
  const inFlight = new Set<Promise<void>>();
  const started = performance.now();
  const send = (n: number): Promise<void> =>
    new Promise((resolve) => {
      const write = (n * 0.618) % 1 < writes;
      const ended = (failure?: string) => {
        if (failure === undefined) counts.succeeded++;
        else if (counts.failed++ < 20) counts.failures.push(failure);
        resolve();
      };
      const headers: Record<string, string> = { 'x-customer': `c${n % customers}` };
      if (write) headers['idempotency-key'] = `order-${n}`;
      const path = write ? '/orders' : `/things/${n % 1_000}`;
      const outgoing = request(
        `${target}${path}`,
        { agent, method: write ? 'POST' : 'GET', headers, timeout: 20_000 },
        (response) => {
          response.resume();
          response.once('end', () => {
            const status = response.statusCode ?? 0;
            ended(status < 500 ? undefined : `${write ? 'POST' : 'GET'} ${path}: ${status}`);
          });
          response.once('error', (error) => ended(error.message));
        },
      );
      outgoing.once('timeout', () => outgoing.destroy(new Error('timeout after 20 s')));
      outgoing.once('error', (error) => ended(`${path}: ${error.message}`));
      outgoing.end(write ? JSON.stringify({ order: n }) : undefined);
    });
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - started) / 1_000) * perSecond);
    while (counts.sent < due) {
      const one = send(counts.sent++).finally(() => inFlight.delete(one));
      inFlight.add(one);
    }
  }, 5);
  return {
    report: () => structuredClone(counts),
    async stop() {
      clearInterval(timer);
      await Promise.all(inFlight);
      agent.destroy();
      return counts;
    },
  };
}
