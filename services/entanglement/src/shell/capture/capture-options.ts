import type { BusProducer } from '@chronos/bus/bus.ts';
import type { Entanglement } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import type { UniverseName } from '../../core/change/declared.ts';
import type { EntitySide } from '../../core/change/entity-mapper.ts';
import type { Wanted } from '../../core/change/preflight.ts';
import type { Traces } from '../attribution/traces.ts';
import type { ChangeSource } from '../cdc/change-source.ts';
import type { EntanglementMetrics } from '../metrics.ts';
import type { CaptureStore } from '../store/capture-store.ts';
import type { ChangeFeed } from './change-feed.ts';

export interface SourceOptions {
  readonly url: string;
  readonly wanted: Wanted;
  readonly tagPrefix: string;
  /** Changes with each slot that is made. */
  readonly generation: string;
  /** Where the topic of others is to be read on; undefined: not known. */
  readonly acknowledgedOffset: bigint | undefined;
}

/** What captures of all universes share. */
export interface CaptureDeps {
  readonly producer: BusProducer;
  readonly topic: string;
  readonly partitions: number;
  readonly metrics: EntanglementMetrics;
  /** Microseconds since 1970. */
  readonly nowUs: () => bigint;
  readonly log: (line: string) => void;
  /** Reads the slot in this process, or what Debezium reads from it. */
  readonly openSource: (options: SourceOptions) => Promise<ChangeSource>;
  /** Somebody else (Debezium) reads the slot for us, and goes on while this process is away. */
  readonly isReadByOthers: boolean;
  /** Ends whoever reads the slot for us, before it is dropped. */
  readonly release: (slot: string) => Promise<void>;
  /** Told of each changed row as it is read, before the watermark that promises it. */
  readonly onChanges: ChangeFeed['tell'];
  /** Started when a database has the statement triggers. */
  readonly traces: () => Promise<Traces>;
}

export interface CaptureOptions {
  readonly universe: UniverseName;
  readonly url: string;
  readonly owned: boolean;
  readonly wanted: Wanted;
  readonly entanglement: Entanglement;
  readonly store: CaptureStore;
  /** The mapping as the databases are now. @throws Stopped when it does not fit them */
  readonly sides: () => Promise<readonly EntitySide[]>;
}

export const universeNumbers: Readonly<Record<UniverseName, Universe>> = {
  legacy: Universe.LEGACY,
  modern: Universe.MODERN,
};
