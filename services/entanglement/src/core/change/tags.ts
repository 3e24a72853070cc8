/** The messages that say who caused a transaction: what services, triggers and Chronos itself write into the WAL. */
import { Attribution } from '@chronos/proto/events/v1/state_update_pb.js';

/** Where the migration declares no `tag_prefix`. */
export const tagPrefixDefault = 'chronos';

/** Prefixes of WAL messages; `tag` is the migration's `tag_prefix`. */
export const prefixesOf = (tag: string) => ({
  /** By the service: `<request id>`, or `<request id> <traceparent>`. */
  tag,
  /** By the statement trigger: the traceparent of the SQL comment. */
  comment: `${tag}-comment`,
  /** By the reconciler: the repair's id. */
  repair: `${tag}-repair`,
  /** By the initial copy: anything. */
  copy: `${tag}-copy`,
  /** By the capture itself: a table of which a partition came or went with its rows, `["schema","name"]`. */
  emptied: `${tag}-emptied`,
  /** By the capture itself, outside of any transaction. */
  heartbeat: `${tag}-heartbeat`,
});

export type Prefixes = ReturnType<typeof prefixesOf>;

export interface Cause {
  readonly attribution: Attribution;
  readonly requestId: string;
  readonly traceparent: string;
  readonly repairId: string;
}

export const noCause: Cause = {
  attribution: Attribution.NONE,
  requestId: '',
  traceparent: '',
  repairId: '',
};

/** Longer ids are no request ids of Envoy's; they would become record keys. */
const idCharsMax = 256;
const traceparentForm = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** What a transactional message says of its transaction; undefined when it is none of Chronos' or says nothing usable. */
export function causeOf(prefixes: Prefixes, prefix: string, content: string): Cause | undefined {
  switch (prefix) {
    case prefixes.tag: {
      const [requestId = '', traceparent = ''] = content.trim().split(/\s+/, 2);
      if (requestId === '' || requestId.length > idCharsMax) return undefined;
      return { ...noCause, attribution: Attribution.TAGGED, requestId, traceparent: validTrace(traceparent) };
    }
    case prefixes.comment: {
      const traceparent = validTrace(content.trim());
      return traceparent === '' ? undefined : { ...noCause, attribution: Attribution.COMMENT, traceparent };
    }
    case prefixes.repair:
      return { ...noCause, attribution: Attribution.REPAIR, repairId: content.slice(0, idCharsMax) };
    case prefixes.copy:
      return { ...noCause, attribution: Attribution.COPY };
    default:
      return undefined;
  }
}

/** The mark of Chronos' own writes beats the service's, and that beats what the SQL comment says. */
const rank: Partial<Record<Attribution, number>> = {
  [Attribution.NONE]: 0,
  [Attribution.COMMENT]: 1,
  [Attribution.TAGGED]: 2,
  [Attribution.COPY]: 3,
  [Attribution.REPAIR]: 3,
};

/** Of two causes of one transaction the stronger; the first of equals. */
export function stronger(known: Cause, said: Cause): Cause {
  return (rank[said.attribution] ?? 0) > (rank[known.attribution] ?? 0) ? said : known;
}

/** The 32 hexadecimal digits by which a trace's parts know each other; undefined when it is no traceparent. */
export function traceIdOf(traceparent: string): string | undefined {
  return traceparentForm.test(traceparent) ? traceparent.slice(3, 35) : undefined;
}

function validTrace(text: string): string {
  return traceparentForm.test(text) ? text : '';
}
