import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { expect, test } from '@jest/globals';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(resolve(root, path), 'utf8');

/** Everything that is loaded with a file: our own files, from the repository's root, and packages. */
function reachableFrom(entry: string): { readonly files: string[]; readonly packages: string[] } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const pending = [entry];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    for (const [, specifier = ''] of read(file).matchAll(/\b(?:from|import)\b\s*\(?\s*'([^']+)'/g)) {
      const path = specifier.startsWith('.')
        ? relative(root, resolve(root, dirname(file), specifier))
        : specifier.replace('@chronos/rpc-server/', 'services/rpc-server/src/');
      if (path.endsWith('.ts')) pending.push(path);
      else packages.add(specifier);
    }
  }
  return { files: [...files], packages: [...packages] };
}

test('the public entry reaches nothing that knows of migrations', () => {
  const { files, packages } = reachableFrom('control-plane/src/xds.ts');
  const allowed =
    /^control-plane\/src\/(xds|(core|shell)\/xds\/[\w-]+|core\/(snapshot(-\w+)?|totals|metrics-message))\.ts$|^services\/rpc-server\/src\//;
  expect(files.length).toBeGreaterThan(40);
  expect(files.filter((file) => !allowed.test(file))).toEqual([]);
  const known =
    /^(node:|@bufbuild\/(protobuf|re2$)|@connectrpc\/connect|@opentelemetry\/api$|@chronos\/envoy\/api\/|@chronos\/proto\/(envoymetrics|grpc)\/)/;
  expect(packages.filter((name) => !known.test(name))).toEqual([]);
});

test("the README's quick start is the program that the integration test runs", () => {
  expect(read('control-plane/README.md')).toContain(
    `\`\`\`ts\n${read('control-plane/examples/xds-server.ts')}\`\`\``,
  );
});
