import type { TopicSpec } from '@chronos/bus/bus.ts';

/** Topics as all of Chronos knows them. Requests and verdicts have equally many partitions and keys, so one id has one partition number in both. */
export const SHADOW_REQUESTS = 'shadow-requests';
export const VERDICTS = 'verdicts';
export const MIGRATIONS = 'migrations';
/** What the databases did: partitioned as the requests are, so a request's effects stand in the partition of its exchanges. */
export const DB_STATE_UPDATES = 'db-state-updates';
/** Transactions that belong to no request. */
export const UNATTRIBUTED_CHANGES = 'unattributed-changes';

/** Pairs of ids that services/identifiers has learned; there once a migration declares identifiers. */
export const IDENTIFIER_PAIRS = 'identifier-pairs';
export const IDENTIFIER_PAIRS_TOPIC: TopicSpec = {
  topic: IDENTIFIER_PAIRS,
  partitions: 1,
  config: { 'cleanup.policy': 'compact' },
};

/** Four bodies of 64 KiB and their headers fit a verdict; an exchange holds two bodies of up to 1 MiB. */
const RECORD_BYTES_MAX = String(4 << 20);

export const TOPICS: readonly TopicSpec[] = [
  { topic: SHADOW_REQUESTS, partitions: 8, config: { 'max.message.bytes': RECORD_BYTES_MAX } },
  { topic: DB_STATE_UPDATES, partitions: 8, config: { 'max.message.bytes': RECORD_BYTES_MAX } },
  { topic: UNATTRIBUTED_CHANGES, partitions: 8, config: { 'max.message.bytes': RECORD_BYTES_MAX } },
  { topic: VERDICTS, partitions: 8, config: { 'max.message.bytes': RECORD_BYTES_MAX } },
  {
    topic: MIGRATIONS,
    partitions: 1,
    config: { 'cleanup.policy': 'compact', 'max.message.bytes': '20971520' },
  },
];
