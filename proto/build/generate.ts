/**
 * Writes all generated protobuf code (git-ignored): `proto/gen` from our own .proto files, `envoy/gen` from the descriptors of Envoy's API.
 * Run by `npm run generate`; npm start, test and check run it when its inputs changed.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { create, type DescFile, fromBinary, toBinary } from '@bufbuild/protobuf';
import * as wkt from '@bufbuild/protobuf/wkt';
import { waitForLock } from '@chronos/local/file-lock.ts';
import { printProto } from './print-proto.ts';

const root = resolve(import.meta.dirname, '../..');
const dependenciesDir = join(root, '.chronos/proto-deps');
const xdsProtosDir = join(root, '.chronos/cache/xds-protos');
const buf = join(root, 'node_modules/.bin/buf');
const lockWithinMs = 300_000;

/** What Chronos speaks of Envoy's API; everything these import comes along. */
const envoyRoots = [
  'envoy/config/bootstrap/v3/bootstrap.proto',
  'envoy/service/discovery/v3/ads.proto',
  'envoy/service/listener/v3/lds.proto',
  'envoy/service/route/v3/rds.proto',
  'envoy/service/cluster/v3/cds.proto',
  'envoy/service/endpoint/v3/eds.proto',
  'envoy/service/runtime/v3/rtds.proto',
  'envoy/service/secret/v3/sds.proto',
  'envoy/service/status/v3/csds.proto',
  'envoy/service/accesslog/v3/als.proto',
  'envoy/service/load_stats/v3/lrs.proto',
  'envoy/service/ext_proc/v3/external_processor.proto',
  'envoy/config/metrics/v3/metrics_service.proto',
  'envoy/config/trace/v3/opentelemetry.proto',
  'envoy/extensions/access_loggers/grpc/v3/als.proto',
  'envoy/extensions/access_loggers/stats/v3/stats.proto',
  'envoy/extensions/clusters/aggregate/v3/cluster.proto',
  'envoy/extensions/filters/http/ext_proc/v3/ext_proc.proto',
  'envoy/extensions/filters/http/header_mutation/v3/header_mutation.proto',
  'envoy/extensions/filters/http/lua/v3/lua.proto',
  'envoy/extensions/filters/http/router/v3/router.proto',
  'envoy/extensions/filters/http/upstream_codec/v3/upstream_codec.proto',
  'envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto',
  'envoy/extensions/filters/network/tcp_proxy/v3/tcp_proxy.proto',
  'envoy/extensions/http/early_header_mutation/header_mutation/v3/header_mutation.proto',
  'envoy/extensions/request_id/uuid/v3/uuid.proto',
  'envoy/extensions/retry/priority/previous_priorities/v3/previous_priorities_config.proto',
  'envoy/extensions/tracers/opentelemetry/samplers/v3/parent_based_sampler.proto',
  'envoy/extensions/tracers/opentelemetry/samplers/v3/trace_id_ratio_based_sampler.proto',
  'envoy/extensions/upstreams/http/v3/http_protocol_options.proto',
];

/** Files of published packages that our own .proto files import or that the servers offer by reflection. */
function writeDependencies(): void {
  rmSync(dependenciesDir, { recursive: true, force: true });
  const copy = (from: string, to: string) => {
    mkdirSync(dirname(join(dependenciesDir, to)), { recursive: true });
    cpSync(join(root, 'node_modules', from), join(dependenciesDir, to));
  };
  copy(
    '@grpc/reflection/build/proto/grpc/reflection/v1/reflection.proto',
    'grpc/reflection/v1/reflection.proto',
  );
  copy(
    '@grpc/reflection/build/proto/grpc/reflection/v1alpha/reflection.proto',
    'grpc/reflection/v1alpha/reflection.proto',
  );
  copy('grpc-health-check/proto/health/v1/health.proto', 'grpc/health/v1/health.proto');
}

async function writeValidate(): Promise<void> {
  const module: Record<string, DescFile> = await import(
    join(root, 'node_modules/@bufbuild/protovalidate/dist/esm/gen/buf/validate/validate_pb.js')
  );
  const file = module.file_buf_validate_validate;
  if (file === undefined)
    throw new Error(
      'protovalidate no longer exports file_buf_validate_validate; adapt proto/build/generate.ts',
    );
  const target = join(dependenciesDir, 'buf/validate/validate.proto');
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, printProto(file.proto));
}

function isDescFile(value: unknown): value is DescFile {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'file';
}

/** Envoy's descriptors with the well-known types that they import and that the Python package leaves to Python's protobuf runtime. */
function writeEnvoyImage(path: string): void {
  const collector = join(import.meta.dirname, 'collect_envoy.py');
  execFileSync('python3', [collector, xdsProtosDir, path, ...envoyRoots], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const files = fromBinary(wkt.FileDescriptorSetSchema, readFileSync(path)).file;
  const wellKnown = Object.values(wkt)
    .filter(isDescFile)
    .map((file) => file.proto);
  writeFileSync(
    path,
    toBinary(
      wkt.FileDescriptorSetSchema,
      create(wkt.FileDescriptorSetSchema, { file: [...wellKnown, ...files] }),
    ),
  );
}

function installXdsProtos(): void {
  if (existsSync(join(xdsProtosDir, 'envoy'))) return;
  const requirements = join(import.meta.dirname, 'requirements.txt');
  execFileSync(
    'python3',
    [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--root-user-action=ignore',
      '--no-deps',
      '--require-hashes',
      '--target',
      xdsProtosDir,
      '-r',
      requirements,
    ],
    { stdio: 'inherit' },
  );
}

/** Written aside, then moved into place: what starts meanwhile finds the old code or the new, never none. */
function bufGenerate(template: string, input: readonly string[], folder: string): void {
  const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH ?? ''}` };
  const aside = join(root, '.chronos/gen-new');
  const old = join(root, '.chronos/gen-old');
  for (const stale of [aside, old]) rmSync(stale, { recursive: true, force: true });
  execFileSync(buf, ['generate', '--template', template, '-o', aside, ...input], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  if (existsSync(join(root, folder))) renameSync(join(root, folder), old);
  renameSync(join(aside, folder), join(root, folder));
  for (const stale of [aside, old]) rmSync(stale, { recursive: true, force: true });
}

/** The demo's descriptors, as a user would make them for a migration file of their own. */
function writeBankDescriptors(): void {
  const output = 'deploy/migrations/bank.binpb';
  execFileSync(buf, ['build', 'proto', '--path', 'proto/bank/v1', '-o', output], {
    cwd: root,
    stdio: 'inherit',
  });
}

mkdirSync(join(root, '.chronos/cache'), { recursive: true });
// Two commands on a fresh clone write in the same folders: one after the other.
const release = await waitForLock(join(root, '.chronos/generate.lock'), lockWithinMs);
process.once('exit', release);
writeDependencies();
await writeValidate();
installXdsProtos();
const image = join(root, '.chronos/cache/envoy-api.binpb');
writeEnvoyImage(image);
bufGenerate('proto/buf.gen.yaml', [], 'proto/gen');
bufGenerate('envoy/buf.gen.yaml', [image], 'envoy/gen');
writeBankDescriptors();
