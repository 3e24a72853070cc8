import { Kafka, logLevel } from 'kafkajs';

/** True once the broker has registered itself with the controller and serves metadata: from then on topics can be made. */
export async function brokerAnswers(bootstrap: string): Promise<boolean> {
  const kafka = new Kafka({
    clientId: 'chronos-readiness',
    brokers: [bootstrap],
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1_000,
    requestTimeout: 2_000,
    retry: { retries: 0 },
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    const { brokers } = await admin.describeCluster();
    return brokers.length > 0;
  } finally {
    await admin.disconnect();
  }
}
