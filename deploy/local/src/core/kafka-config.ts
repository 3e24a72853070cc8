/** One-node KRaft broker: where it listens and keeps its data. */
export interface KafkaNode {
  port: number;
  controllerPort: number;
  dataDir: string;
}

/** Fixed: each state folder holds one cluster of its own, so that the id need not tell clusters apart. */
export const clusterId = 'Y2hyb25vcy1sb2NhbC0wMQ';

/**
 * server.properties of the embedded broker. Replication is 1 as there is one node; the cleaner's buffers are cut from 128 MB to 4 MB (topics
 * are small), which brings the broker down to some 200 MB; topics are made by their owners, never by a typing error.
 */
export function kafkaProperties({ port, controllerPort, dataDir }: KafkaNode): string {
  const properties = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'log.dirs': dataDir,
    'auto.create.topics.enable': 'false',
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '4',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'transaction.state.log.num.partitions': '4',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    // A consumer group of one machine need not wait for members that may still come.
    'group.initial.rebalance.delay.ms': '0',
    'group.min.session.timeout.ms': '1000',
    'log.cleaner.threads': '1',
    'log.cleaner.dedupe.buffer.size': '4194304',
    'log.cleaner.io.buffer.size': '131072',
    'log.segment.bytes': '67108864',
    'num.network.threads': '2',
    'num.io.threads': '4',
  };
  return `${Object.entries(properties)
    .map(([key, value]) => `${key}=${value}`)
    .join('\n')}\n`;
}

/**
 * The JVM's options: a small heap, a collector without threads of its own, and only the first compiler. At 600 messages a second of 1 KiB the
 * second one (the default) takes 15.3 s of CPU in the first 30 s against 8.5 s, is ahead from the second minute on (1.6 against 2.1 s each
 * 10 s), breaks even after some five minutes and needs 50 MB more: not worth it for demos and tests, which share two cores.
 * `archive` is an AppCDS archive of the same classes.
 */
export function kafkaJvmOptions(archive: string | undefined): string[] {
  const options = [
    '-Xms128m',
    '-Xmx256m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-Djava.awt.headless=true',
    '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
    '-Dorg.slf4j.simpleLogger.showDateTime=true',
    '-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS',
  ];
  // Xshare:auto is the default: an archive that does not fit this JVM is passed over, never an error.
  if (archive !== undefined)
    options.push(`-XX:SharedArchiveFile=${archive}`, '-Xlog:cds=off', '-Xlog:cds+dynamic=off');
  return options;
}
