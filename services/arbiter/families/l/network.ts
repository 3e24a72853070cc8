/** Subscribers, calls and devices of a telephone company. */
import { luhn } from '../check-digits.ts';
import { type Family, twins } from '../kit.ts';
import { json, two } from '../kit-values.ts';

const services = ['voice', 'sms', 'data', 'roaming', 'premium'];

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['callDuration', 'duration', 'connectTime'],
      clear: true,
      value(random) {
        const [h, m, s] = [random.int(0, 4), random.int(1, 59), random.int(0, 59)];
        const seconds = h * 3600 + m * 60 + s;
        const right = { legacy: json(`${two(h)}:${two(m)}:${two(s)}`), right: json(`PT${seconds}S`) };
        return h === 0 ? right : { ...right, wrong: json(`PT${seconds - h * 3600}S`) };
      },
    },
    {
      name: 'l_call_duration_seconds',
      why: 'Hours, minutes and seconds add up to the seconds of the ISO duration.',
    },
    {
      name: 'l_call_duration_hours_lost',
      critical: true,
      why: 'The hours of long calls are lost, only minutes and seconds are counted.',
    },
  ),
  ...twins(
    {
      fields: ['imsi', 'subscriber', 'simIdentity'],
      value(random) {
        const [mcc, mnc] = random.pick([
          ['262', '01'],
          ['208', '10'],
          ['222', '88'],
          ['234', '15'],
        ] as const);
        const zero = random.chance(0.6);
        const msin = `${zero ? '0' : ''}${random.int(1, 9)}${random.digits(zero ? 8 : 9)}`;
        const right = { legacy: json(`${mcc}${mnc}${msin}`), right: json({ mcc, mnc, msin }) };
        return zero ? { ...right, wrong: json({ mcc, mnc, msin: msin.slice(1) }) } : right;
      },
    },
    {
      name: 'l_imsi_parts',
      why: 'The three parts, put together, are exactly the subscriber number of legacy.',
    },
    {
      name: 'l_imsi_zero_lost',
      critical: true,
      why: 'The leading zero of the subscriber part is lost, so the number is a digit short.',
    },
  ),
  ...twins(
    {
      fields: ['imei', 'deviceId', 'handset'],
      value(random) {
        const payload = `35${random.digits(12)}`;
        const imei = `${payload}${luhn(payload)}`;
        const cut = [imei.slice(0, 2), imei.slice(2, 8), imei.slice(8, 14), imei.slice(14)];
        const single = String(Math.fround(Number(imei)));
        return {
          legacy: json(cut.join('-')),
          right: json(imei),
          ...(single === imei ? {} : { wrong: json(single) }),
        };
      },
    },
    {
      name: 'l_imei_without_hyphens',
      why: 'The same fifteen digits without the hyphens between their groups.',
    },
    {
      name: 'l_imei_single_float',
      critical: true,
      why: 'The last digits are others, as of a number in single precision: another device.',
    },
  ),
  ...twins(
    {
      fields: ['activeServices', 'options', 'subscribed'],
      value(random) {
        const on = services.map((name) => [name, random.chance(0.5)] as const);
        const active = on.filter(([, flag]) => flag).map(([name]) => name);
        const right = {
          legacy: json(Object.fromEntries(on.map(([name, flag]) => [name, flag ? 'Y' : 'N']))),
          right: json(active),
        };
        return active.length === services.length ? right : { ...right, wrong: json(services) };
      },
    },
    { name: 'l_services_that_are_on', why: 'The list names exactly the services that legacy marks with Y.' },
    {
      name: 'l_services_n_is_truthy',
      critical: true,
      why: 'Services marked with N are listed as subscribed too.',
    },
  ),
  ...twins(
    {
      fields: ['allowance', 'dataVolume', 'quota'],
      value(random) {
        const volume = random.pick([1, 2, 3, 5, 8, 10, 15, 20, 30, 50, 100]);
        return {
          legacy: json(`${volume} GiB`),
          right: json({ bytes: volume * 2 ** 30 }),
          wrong: json({ bytes: volume * 10 ** 6 }),
        };
      },
    },
    { name: 'l_gibibytes_to_bytes', why: 'One GiB is 2 to the power of 30 bytes, as the rewrite states.' },
    {
      name: 'l_gibibytes_as_megabytes',
      critical: true,
      why: 'A gigabyte is counted as a million bytes, a thousandth of the allowance.',
    },
  ),
  ...twins(
    {
      fields: ['portingWindow', 'technicianVisit', 'timeWindow'],
      value(random) {
        const date = `2025-${two(random.int(1, 12))}-${two(random.int(1, 28))}`;
        const [from, to] = random.pick([
          [8, 12],
          [10, 14],
          [13, 17],
          [14, 18],
        ] as const);
        const twelve = (hour: number) =>
          `${two(hour > 12 ? hour - 12 : hour)}:00 ${hour >= 12 ? 'PM' : 'AM'}`;
        const span = (first: number, last: number) =>
          json({ from: `${date}T${two(first)}:00`, to: `${date}T${two(last)}:00` });
        return {
          legacy: json(`${date} ${twelve(from)} - ${twelve(to)}`),
          right: span(from, to),
          wrong: span(from % 12, to % 12),
        };
      },
    },
    { name: 'l_visit_window_24h', why: 'The same window in the 24-hour clock.' },
    {
      name: 'l_visit_window_pm_lost',
      critical: false,
      why: 'The mark PM is ignored, so an afternoon window ends or begins at night.',
    },
  ),
];
