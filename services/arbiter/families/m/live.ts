/** What is made anew for each request: tokens, sessions, ids, estimates; and what only looks like it. */
import { defect, type Family, faithful, twins } from '../kit.ts';
import { Day, json, object } from '../kit-values.ts';

const tokens = twins(
  {
    fields: ['sessionToken', 'accessToken', 'ticket'],
    least: 5,
    always: true,
    common: (random) => random.hex(32),
    value: (random, fixed) => ({
      legacy: json(random.hex(32)),
      right: json(random.hex(32)),
      wrong: json(fixed),
      legacy2: json(random.hex(32)),
    }),
  },
  {
    name: 'session_token_random',
    why: 'the token is random: legacy’s two runs differ as the rewrite does, and none repeats',
  },
  {
    name: 'session_token_shared',
    critical: true,
    why: 'the rewrite gives every caller one and the same token; legacy never repeats one',
  },
);

const lifetimes = twins(
  {
    fields: ['session', 'grant', 'login'],
    least: 3,
    common: (random) => random.pick([900, 1_800, 3_600]),
    value(random, lifetime) {
      const start = Day.any(random, 2026, 2026).date.getTime() + random.int(0, 80_000) * 1000;
      const grant = (at: number, seconds: number) =>
        object({
          issuedAt: json(new Date(at).toISOString()),
          expiresAt: json(new Date(at + seconds * 1000).toISOString()),
        });
      const later = () => start + random.int(100, 9_000);
      return {
        legacy: grant(start, lifetime),
        right: grant(later(), lifetime),
        wrong: grant(later(), 0),
        legacy2: grant(later(), lifetime),
      };
    },
  },
  {
    name: 'session_of_same_length',
    why: 'issued at the moment of each run, as in legacy’s second run, and valid equally long',
  },
  {
    name: 'session_expired_at_issue',
    critical: true,
    why: 'the session expires at the moment it is issued, in legacy it lives for a while',
  },
);

const fresh = faithful(
  {
    fields: ['requestId', 'correlationId', 'traceId'],
    least: 3,
    value: (random) => ({
      legacy: json(`RQ${random.digits(12)}`),
      right: json(`${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`),
      legacy2: json(`RQ${random.digits(12)}`),
    }),
  },
  {
    name: 'request_id_other_form',
    why: 'an id of the single request: legacy gives another one in each run, too',
  },
);

const stable = defect(
  {
    fields: ['contractReference', 'mandateId', 'simOrderId'],
    least: 3,
    value(random) {
      const reference = json(`RQ${random.digits(12)}`);
      return { legacy: reference, right: reference, wrong: json(`RQ${random.digits(12)}`) };
    },
  },
  {
    name: 'reference_made_anew',
    critical: true,
    why: 'legacy answers the same stored reference in both runs, the rewrite makes up another one',
  },
);

const waiting = twins(
  {
    fields: ['waitingMinutes', 'estimatedWait', 'queueMinutes'],
    least: 8,
    value(random) {
      const minutes = random.int(6, 40);
      const near = () => minutes + random.int(-2, 2);
      return { legacy: `${minutes}`, right: `${near()}`, wrong: `${near() * 60}`, legacy2: `${near()}` };
    },
  },
  {
    name: 'waiting_time_estimate',
    why: 'the estimate moves by a minute or two, between legacy’s two runs as much',
  },
  {
    name: 'estimate_in_seconds',
    critical: false,
    why: 'the estimate is sixty times as high: seconds where legacy answers minutes',
  },
);

export const families: readonly Family[] = [...tokens, ...lifetimes, fresh, stable, ...waiting];
