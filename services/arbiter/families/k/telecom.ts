/** Telephone and network operators: durations, volumes, numbers and addresses of the net. */
import { type Family, type Random, twins } from '../kit.ts';
import { json, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

/** ISO 8601 without its zero parts. */
function isoDuration(h: number, m: number, s: number): string {
  const parts = `${h ? `${h}H` : ''}${m ? `${m}M` : ''}${s ? `${s}S` : ''}`;
  return `PT${parts === '' ? '0S' : parts}`;
}

const durations = twins(
  {
    fields: ['callDuration', 'talkTime', 'connectedFor'],
    value(random: Random) {
      const [h, m, s] = [random.chance(0.35) ? random.int(1, 4) : 0, random.int(0, 59), random.int(1, 59)];
      const legacy = json(`${two(h)}:${two(m)}:${two(s)}`);
      return shown(legacy, json(isoDuration(h, m, s)), json(isoDuration(0, m, s)));
    },
  },
  {
    name: 'k_clock_to_iso_duration',
    why: 'A clock reading and the ISO duration name the same length of time.',
  },
  {
    name: 'k_duration_loses_hours',
    why: 'Calls of an hour and more are answered as the minutes past the hour, so they are billed short.',
    critical: true,
  },
);

const volumes = twins(
  {
    fields: ['dataVolume', 'usedVolume', 'allowanceLeft'],
    value(random: Random) {
      const quarters = random.int(1, 80);
      const gib = quarters / 4;
      const sized = (value: number, unit: string) => object({ value: String(value), unit: json(unit) });
      return shown(sized(gib, 'GiB'), sized(quarters * 256, 'MiB'), sized(quarters * 250, 'MiB'));
    },
  },
  { name: 'k_gib_as_mib', why: 'One GiB is exactly 1024 MiB, so both sides give the same volume.' },
  {
    name: 'k_gib_times_thousand',
    why: 'A GiB has 1024 MiB and not 1000, so the customer is shown less volume than before.',
    critical: true,
  },
);

const phones = twins(
  {
    fields: ['msisdn', 'subscriberNumber', 'callbackNumber'],
    least: 3,
    value(random: Random) {
      const [code, area] = random.pick([
        ['44', '20'],
        ['49', '89'],
        ['31', '10'],
        ['43', '1'],
        ['41', '44'],
      ]);
      const [left, right] = [`${random.int(2, 9)}${random.digits(2)}`, random.digits(4)];
      const legacy = `+${code} (0)${area} ${left} ${right}`;
      return shown(
        json(legacy),
        json(`+${code}${area}${left}${right}`),
        json(`+${code}0${area}${left}${right}`),
      );
    },
  },
  {
    name: 'k_phone_optional_trunk_zero',
    why: 'The bracketed zero is dialled only inside the country, so the international number is the same.',
  },
  {
    name: 'k_phone_trunk_zero_kept',
    why: 'The domestic trunk zero after the country code makes a number that reaches nobody.',
    critical: true,
  },
);

/** The last part has a digit that no octal number has, so the zeros can only be padding. */
const octets = (random: Random) => [
  random.pick([10, 12, 24, 31, 62, 77]),
  random.int(8, 77),
  random.int(1, 99),
  random.int(0, 9) * 10 + random.int(8, 9),
];

const addresses4 = twins(
  {
    fields: ['gatewayIp', 'cpeAddress', 'allowedHost'],
    least: 2,
    value(random: Random) {
      const parts = octets(random);
      const padded = parts.map((part) => String(part).padStart(3, '0'));
      const octal = padded.map((part) => (/^[0-7]+$/.test(part) ? Number.parseInt(part, 8) : Number(part)));
      return shown(json(padded.join('.')), json(parts.join('.')), json(octal.join('.')));
    },
  },
  {
    name: 'k_ipv4_zero_padded',
    why: 'Zeros that pad each part of the address to three digits mean nothing.',
  },
  {
    name: 'k_ipv4_parts_read_as_octal',
    why: 'Parts with a leading zero were read in base eight, so another machine is addressed.',
    critical: true,
  },
);

const addresses6 = twins(
  {
    fields: ['ipv6Prefix', 'deviceAddress', 'dnsServer'],
    value(random: Random) {
      const group = () =>
        random.pick([
          random.hex(4),
          `0${random.hex(3)}`,
          `${random.int(1, 9)}00${random.int(0, 9)}`,
          `0${random.int(1, 9)}00`,
        ]);
      const groups = ['2001', '0db8', group(), group(), '0000', '0000', group(), `00${random.int(10, 99)}`];
      const lead = (text: string) => text.replace(/^0{1,3}/, '');
      const both = (text: string) => lead(text).replace(/(?<=.)0+$/, '') || '0';
      const short = (trim: (text: string) => string) =>
        `${groups.slice(0, 4).map(trim).join(':')}::${groups.slice(6).map(trim).join(':')}`;
      return shown(json(groups.join(':')), json(short(lead)), json(short(both)));
    },
  },
  {
    name: 'k_ipv6_compressed',
    why: 'Leading zeros and one run of zero groups may be left out of an IPv6 address.',
  },
  {
    name: 'k_ipv6_trailing_zeros_cut',
    why: 'Zeros at the end of a group are digits; without them it is the address of another machine.',
    critical: true,
  },
);

const macs = twins(
  {
    fields: ['macAddress', 'modemId', 'hwAddr'],
    value(random: Random) {
      const bytes = Array.from({ length: 6 }, () => random.hex(2));
      return shown(
        json(bytes.join('-').toUpperCase()),
        json(bytes.join(':')),
        json([...bytes].reverse().join(':')),
      );
    },
  },
  {
    name: 'k_mac_colons',
    why: 'Hyphens or colons and the case of hexadecimal digits do not change a MAC address.',
  },
  {
    name: 'k_mac_bytes_reversed',
    why: 'The six bytes come in the opposite order, which is the address of another device.',
    critical: true,
  },
);

const sims = twins(
  {
    fields: ['iccid', 'simNumber', 'simCard'],
    value(random: Random) {
      const digits = `8944${random.digits(14)}${random.int(1, 9)}`;
      return shown(json(`${digits}F`), json(digits), String(BigInt(digits.slice(0, 16)) * 1000n));
    },
  },
  {
    name: 'k_iccid_filler_nibble',
    why: 'The F fills the last half byte on the card and is no part of the 19-digit number.',
  },
  {
    name: 'k_iccid_rounded_to_number',
    why: 'The 19 digits were rounded as a number, so the last ones name another SIM card.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...durations,
  ...volumes,
  ...phones,
  ...addresses4,
  ...addresses6,
  ...macs,
  ...sims,
];
