import type { Bus } from '@chronos/bus/bus.ts';
import type { CaptureDeps } from '../capture/capture-options.ts';
import type { CdcSettings } from '../env.ts';
import { removeConnectors } from './debezium/connector.ts';
import { openDebezium } from './debezium/debezium-source.ts';
import { openPgOutput } from './pgoutput-source.ts';

/** Who reads the slots: this process, or Debezium on Kafka Connect. */
export function changeSources(
  cdc: CdcSettings,
  bus: Bus,
): Pick<CaptureDeps, 'openSource' | 'isReadByOthers' | 'release'> {
  if (cdc.kind === 'pgoutput')
    return {
      isReadByOthers: false,
      release: async () => undefined,
      openSource: ({ url, wanted }) =>
        openPgOutput({ url, slot: wanted.slot, publication: wanted.publication }),
    };
  const { connect } = cdc;
  return {
    isReadByOthers: true,
    release: (slot) => removeConnectors(connect, slot),
    openSource: (options) => openDebezium({ ...options, bus, connect }),
  };
}
