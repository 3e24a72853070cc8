import { useEffect, useState } from 'react';
import { link, useLinkState } from './live.ts';
import { oncePerConnection } from './once-per-connection.ts';
import { api } from './transport.ts';

/** It comes from the control plane's environment: another address takes another process. */
const serverAddress = oncePerConnection(link, async () => {
  const { traceAddress } = await api.missionControl.getVersion({});
  return traceAddress;
});

/** Where the server says that traces are looked at, `{trace}` for the id; empty while it has not said. */
export function useServerTraceAddress(): string {
  const [address, setAddress] = useState('');
  const lost = useLinkState().kind === 'lost';
  useEffect(() => {
    if (lost) return;
    let current = true;
    serverAddress().then(
      (told) => current && setAddress(told),
      // Traces then show by their ids; the next connection asks again.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [lost]);
  return address;
}
