/** Webhooks, limits and feature flags of a software company's own APIs. */
import { coded } from '../code-table.ts';
import { twins } from '../kit.ts';
import { decimal, json } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

/** SHA-256 of no bytes at all. */
const emptyDigest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

export const families = [
  ...twins(
    {
      fields: ['signature', 'webhookSignature', 'x_signature'],
      least: 4,
      always: true,
      value(random) {
        const sign = () => json(`sha256=${random.hex(64)}`);
        return { legacy: sign(), legacy2: sign(), right: sign(), wrong: json(`sha256=${emptyDigest}`) };
      },
    },
    {
      name: 'u_signature_of_fresh_body',
      why: 'The signature covers the time, so it is another one at every run of legacy as well.',
    },
    {
      name: 'u_signature_of_empty_body',
      critical: true,
      why: 'The rewrite always sends the digest of no bytes at all, so that nobody can verify a webhook.',
    },
  ),
  ...coded(
    ['event', 'eventType', 'hookTopic'],
    [
      ['user.created', 'USER_CREATED'],
      ['user.updated', 'USER_UPDATED'],
      ['user.deleted', 'USER_DELETED', 'USER_UPDATED'],
      ['key.revoked', 'KEY_REVOKED', 'KEY_CREATED'],
      ['key.created', 'KEY_CREATED'],
    ],
    {
      name: 'u_event_names_upper_case',
      why: 'The same events with an underscore for the point, in capitals.',
    },
    {
      name: 'u_event_deleted_told_as_updated',
      critical: true,
      why: 'Deletions and revocations are announced as other events, so that receivers keep access open.',
    },
    4,
  ),
  ...twins(
    {
      fields: ['retryAfter', 'backoff', 'retrySchedule'],
      once: true,
      clear: true,
      value(random) {
        const steps = random.pick([
          [30, 300, 3_600],
          [60, 600, 7_200],
          [10, 60, 900, 3_600],
          [5, 30, 120],
        ]);
        const iso = (s: number) =>
          s % 3_600 === 0 ? `PT${s / 3_600}H` : s % 60 === 0 ? `PT${s / 60}M` : `PT${s}S`;
        return shownJson(
          steps.map((s) => `${s} s`).join(', '),
          steps.map(iso),
          steps.map((s) => `PT${decimal(s, 3)}S`),
        );
      },
    },
    {
      name: 'u_backoff_iso_durations',
      why: 'The same waits in the same order, as ISO 8601 durations instead of seconds.',
    },
    {
      name: 'u_backoff_seconds_as_milliseconds',
      critical: false,
      why: 'Seconds were read as milliseconds: retries come a thousand times too soon.',
    },
  ),
  ...twins(
    {
      fields: ['rollout', 'flagShare', 'sampleRate'],
      value(random) {
        const percent = random.pick([1, 5, 10, 20, 25, 50, 75, 90]);
        return shownJson(`${percent}%`, { fraction: percent / 100 }, { fraction: percent });
      },
    },
    {
      name: 'u_rollout_percent_to_fraction',
      why: 'Per cent with its sign, and the fraction of one, are the same share.',
    },
    {
      name: 'u_rollout_percent_in_fraction',
      critical: false,
      why: 'The per cent stand where a fraction of one belongs, so that 5 % means everybody.',
    },
  ),
  ...twins(
    {
      fields: ['rateLimit', 'quota', 'throttle'],
      value(random) {
        const limit = random.pick([60, 100, 600, 1_000, 5_000]);
        const [unit, period, wrong] = random.pick([
          ['hour', 'PT1H', 'PT1M'],
          ['minute', 'PT1M', 'PT1S'],
          ['day', 'P1D', 'PT1H'],
        ] as const);
        return shownJson(`${limit}/${unit}`, { limit, per: period }, { limit, per: wrong });
      },
    },
    { name: 'u_quota_per_period', why: 'The same number of calls in the same span of time.' },
    {
      name: 'u_quota_span_one_unit_shorter',
      critical: false,
      why: 'The calls of an hour are allowed in every minute.',
    },
  ),
];
