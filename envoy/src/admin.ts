const timeoutMs = 2_000;

/** Envoy's admin interface, as far as Chronos reads it. */
export interface Admin {
  /** Whether the proxy has all of its configuration and serves. */
  ready(): Promise<boolean>;
  /** Counters and gauges whose names match the regular expression. */
  stats(filter: string): Promise<ReadonlyMap<string, number>>;
  /** Everything the proxy runs, in the JSON form of envoy.admin.v3.ConfigDump. */
  configDump(): Promise<unknown>;
}

/** The admin interface on loopback. Its requests end within 2 s. */
export function adminAt(port: number): Admin {
  const get = (path: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(timeoutMs) });
  const getOk = async (path: string) => {
    const response = await get(path);
    if (!response.ok) throw new Error(`Envoy's admin interface answered ${path} with ${response.status}`);
    return response;
  };
  return {
    async ready() {
      const response = await get('/ready');
      await response.body?.cancel();
      return response.ok;
    },
    async stats(filter) {
      const response = await getOk(`/stats?filter=${encodeURIComponent(filter)}`);
      return parseStats(await response.text());
    },
    async configDump() {
      return (await getOk('/config_dump?include_eds')).json();
    },
  };
}

/** Lines `name: value`; histograms, whose values are no numbers, are left out. */
function parseStats(text: string): Map<string, number> {
  const stats = new Map<string, number>();
  for (const line of text.split('\n')) {
    const colon = line.lastIndexOf(': ');
    const value = Number(line.slice(colon + 2));
    if (colon > 0 && Number.isFinite(value)) stats.set(line.slice(0, colon), value);
  }
  return stats;
}
