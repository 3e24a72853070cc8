import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  type MissionControlService,
  Role as WireRole,
} from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import type { ServiceImpl } from '@connectrpc/connect';
import type { Role } from '../../core/mission-control/access.ts';
import type { Access } from '../mission-control/access.ts';

const roles: Readonly<Record<Role, WireRole>> = { viewer: WireRole.VIEWER, operator: WireRole.OPERATOR };

type Sessions = Pick<ServiceImpl<typeof MissionControlService>, 'getSession' | 'logIn' | 'logOut'>;

/** Who is asking, and how people come by a session. */
export function sessions(access: Access): Sessions {
  return {
    getSession(_request, { requestHeader }) {
      const session = access.session(requestHeader);
      return {
        tokensRequired: access.tokensRequired,
        name: session?.caller.name ?? '',
        role: session === undefined ? WireRole.UNSPECIFIED : roles[session.caller.role],
        ...(session?.expiresAtMs !== undefined && { expiresAt: timestampFromMs(session.expiresAtMs) }),
      };
    },
    logIn({ token }, { requestHeader, responseHeader }) {
      const { caller, expiresAtMs, cookie } = access.logIn(token, isSecure(requestHeader));
      responseHeader.set('set-cookie', cookie);
      return { name: caller.name, role: roles[caller.role], expiresAt: timestampFromMs(expiresAtMs) };
    },
    logOut(_request, { requestHeader, responseHeader }) {
      responseHeader.set('set-cookie', access.logOut(isSecure(requestHeader)));
      return {};
    },
  };
}

/** This server speaks no TLS: what stands before it says whether the browser does. */
function isSecure(headers: Headers): boolean {
  return headers.get('x-forwarded-proto') === 'https';
}
