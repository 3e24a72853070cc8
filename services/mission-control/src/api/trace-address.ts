import { useEffect, useState } from 'react';
import { api } from './transport.ts';

/** Asked once for as long as the page lives: it comes from the control plane's environment. */
let asked: Promise<string> | undefined;

/** Where the server says that traces are looked at, `{trace}` for the id; empty while it has not said. */
export function useServerTraceAddress(): string {
  const [address, setAddress] = useState('');
  useEffect(() => {
    asked ??= api.missionControl.getVersion({}).then(({ traceAddress }) => traceAddress);
    asked.then(setAddress, () => {
      asked = undefined;
    });
  }, []);
  return address;
}
