import { type GetSessionResponse, Role } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { link } from './live.ts';
import { api } from './transport.ts';

export interface Session {
  /** Undefined until the server has said who this is. */
  readonly who: GetSessionResponse | undefined;
  readonly mayChange: boolean;
  /** @throws ConnectError for a token that is not known. */
  logIn(token: string): Promise<void>;
  logOut(): Promise<void>;
}

const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('useSession outside of SessionProvider');
  return session;
}

/** Asks who this is, again whenever the server says that it does not know. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [who, setWho] = useState<GetSessionResponse>();
  const ask = useCallback(() => api.missionControl.getSession({}).then(setWho, () => undefined), []);
  useEffect(() => {
    void ask();
    return link.onState(() => {
      const { kind } = link.state;
      const reached = kind === 'live' || kind === 'stale';
      if (kind === 'refused' || (reached && who === undefined)) void ask();
    });
  }, [ask, who]);
  const session = useMemo<Session>(
    () => ({
      who,
      mayChange: who?.role === Role.OPERATOR,
      async logIn(token) {
        await api.missionControl.logIn({ token });
        await ask();
        link.retry();
      },
      async logOut() {
        await api.missionControl.logOut({});
        await ask();
        link.retry();
      },
    }),
    [who, ask],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}
