/** Families of a network: volumes, addresses, tokens and waiting times. */
import { type Family, twins } from '../kit.ts';
import { json } from '../kit-values.ts';
import { shown } from '../shown.ts';

const volume = twins(
  {
    fields: ['dataVolume', 'allowance', 'usedVolume'],
    least: 3,
    value(random) {
      const quarters = random.int(1, 120);
      const kibi = quarters * 262_144;
      return shown(json(`${kibi} KiB`), json(`${quarters / 4} GiB`), json(`${(kibi / 1e6).toFixed(2)} GiB`));
    },
  },
  { name: 'volume_in_gib', why: 'The same volume: a GiB has 1048576 KiB.' },
  {
    name: 'volume_mixed_prefix',
    why: 'KiB were divided by a million but called GiB: five percent more than was used.',
    critical: false,
  },
);

const address6 = twins(
  {
    fields: ['ipAddress', 'assignedIp', 'endpoint'],
    once: true,
    value(random) {
      const prefix = `${random.text('123456789abcdef', 3)}`;
      const host = random.text('0123456789abcdef', 3).replace(/^0/, 'c');
      const short = host.replace(/0/g, '');
      return shown(
        json(`2001:0DB8:0${prefix}:0000:0000:0000:0000:0${host}`.toUpperCase()),
        json(`2001:db8:${prefix}::${host}`),
        json(`2001:db8:${prefix}::${short}`),
      );
    },
  },
  { name: 'ipv6_compressed', why: 'The same IPv6 address in the short notation of RFC 5952.' },
  {
    name: 'ipv6_zeros_stripped',
    why: 'All zeros of a group were removed, not only the leading ones, so the address belongs to somebody else.',
    critical: true,
  },
);

const ticket = twins(
  {
    fields: ['nonce', 'sessionTicket', 'challenge', 'state'],
    least: 6,
    always: true,
    common: (random) => random.hex(32),
    value: (random, fixed) => ({
      legacy: json(random.hex(32)),
      legacy2: json(random.hex(32)),
      right: json(random.hex(32)),
      wrong: json(fixed),
    }),
  },
  {
    name: 'ticket_fresh',
    why: 'Legacy gives another random ticket at every run; the rewrite too, of the same form.',
  },
  {
    name: 'ticket_constant',
    why: 'Legacy gives a fresh random ticket each time, the rewrite always the same one.',
    critical: true,
  },
);

const waiting = twins(
  {
    fields: ['waitSeconds', 'queueEstimate', 'estimatedWait'],
    least: 10,
    always: true,
    value(random) {
      const seconds = random.int(150, 1500);
      const near = () => String(Math.round(seconds * (0.92 + random.next() * 0.16)));
      return { legacy: near(), legacy2: near(), right: near(), wrong: String(Math.round(seconds / 60)) };
    },
  },
  {
    name: 'wait_estimate_varies',
    why: 'The estimate varies as much between two runs of legacy as between legacy and the rewrite.',
  },
  {
    name: 'wait_estimate_minutes',
    why: 'The estimates are sixty times smaller, far outside what legacy varies: minutes instead of seconds.',
    critical: false,
  },
);

export const families: readonly Family[] = [...volume, ...address6, ...ticket, ...waiting];
