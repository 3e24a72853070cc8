/** A real proxy configured from files instead of by a control plane: what tests of resources need, and nothing more. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bootstrap, staticLayer } from '../bootstrap.ts';

/** Resources in JSON form, by kind. */
export interface JsonResources {
  readonly clusters: readonly JsonResource[];
  readonly endpoints: readonly JsonResource[];
  readonly listeners: readonly JsonResource[];
  readonly routes: readonly JsonResource[];
  readonly runtimes: readonly JsonResource[];
}

export interface JsonResource {
  readonly name: string;
  readonly typeUrl: string;
  readonly json: Readonly<Record<string, unknown>>;
}

export interface FileXds {
  /** The given bootstrap, with files where it had ADS. */
  readonly bootstrap: Bootstrap;
  /** Replaces what the proxy runs; it notices by itself. */
  write(resources: JsonResources): Promise<void>;
}

/** Keeps resources in files below `dir`, one for each subscription that Envoy makes. */
export async function fileXds(dir: string, base: Bootstrap, resources: JsonResources): Promise<FileXds> {
  await mkdir(dir, { recursive: true });
  const source = (file: string) => ({
    resource_api_version: 'V3',
    path_config_source: { path: join(dir, file) },
  });
  const put = async (file: string, typed: readonly JsonResource[]) => {
    const response = {
      resources: typed.map(({ typeUrl, json }) => ({ '@type': typeUrl, ...local(json, source) })),
    };
    // Envoy watches for files that are moved into place: it never reads half of one.
    await writeFile(join(dir, `${file}.new`), JSON.stringify(response));
    await rename(join(dir, `${file}.new`), join(dir, file));
  };
  const write = async (set: JsonResources) => {
    for (const runtime of set.runtimes) await put('runtime.json', [runtime]);
    for (const endpoint of set.endpoints) await put(fileOf('endpoints', endpoint.name), [endpoint]);
    await put('clusters.json', set.clusters);
    for (const route of set.routes) await put(fileOf('routes', route.name), [route]);
    await put('listeners.json', set.listeners);
  };
  await write(resources);
  return {
    bootstrap: {
      ...base,
      dynamic_resources: { cds_config: source('clusters.json'), lds_config: source('listeners.json') },
      layered_runtime: {
        layers: [
          staticLayer,
          { name: 'chronos', rtds_layer: { name: 'chronos', rtds_config: source('runtime.json') } },
        ],
      },
    },
    write,
  };
}

const fileOf = (kind: string, name: string) => `${kind}-${name.replaceAll('/', '_')}.json`;

/** The same resource with a file wherever it asks for ADS. */
function local(json: JsonResource['json'], source: (file: string) => unknown): Record<string, unknown> {
  const rewrite = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rewrite);
    if (typeof value !== 'object' || value === null) return value;
    const rewritten: Record<string, unknown> = {};
    for (const [key, child] of Object.entries(value)) rewritten[key] = rewrite(child);
    if ('eds_config' in value && 'service_name' in value) {
      rewritten.eds_config = source(fileOf('endpoints', String(value.service_name)));
    }
    if ('route_config_name' in value) {
      rewritten.config_source = source(fileOf('routes', String(value.route_config_name)));
    }
    return rewritten;
  };
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, rewrite(value)]));
}
