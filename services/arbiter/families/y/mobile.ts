/** Self-service of a mobile operator, once Tuxedo: numbers, SIM cards, usage, calls. */
import { luhn } from '../check-digits.ts';
import { mixed, twins } from '../kit.ts';
import { json, two } from '../kit-values.ts';

export const families = [
  ...twins(
    mixed({
      fields: ['msisdn', 'phoneNumber', 'contact.mobile'],
      least: 2,
      value(random) {
        const subscriber = `7${random.digits(9)}`;
        return {
          legacy: json(`0044${subscriber}`),
          right: json(`+44${subscriber}`),
          wrong: json(`+44${subscriber.slice(0, -1)}`),
        };
      },
    }),
    {
      name: 'msisdn-double-zero-to-plus',
      why: 'The international prefix 00 became +; country code and subscriber number are the same.',
    },
    {
      name: 'msisdn-last-digit-cut',
      why: 'The last digit of the phone number is cut off behind the changed prefix.',
      critical: true,
    },
  ),
  ...twins(
    mixed({
      fields: ['iccid', 'simSerial', 'card.number'],
      value(random) {
        const text = `894411${random.digits(11)}${random.text('123456789', 2)}`;
        return {
          legacy: text,
          right: json(text),
          wrong: json(String(Number(text))),
        };
      },
    }),
    {
      name: 'iccid-as-text',
      why: 'The nineteen digits of the SIM card are the same, as a text that no reader can round.',
    },
    {
      name: 'iccid-rounded-by-double',
      why: 'The last digits of the SIM card number were rounded in a double, so it names no or another card.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['bytesUsed', 'dataVolume', 'usage.bytes'],
      once: true,
      value(random) {
        const bytes = Math.floor(2 ** (26 + random.next() * 10));
        return {
          legacy: json(String(bytes)),
          right: String(bytes),
          ...(bytes < 2 ** 32 ? {} : { wrong: String(bytes % 2 ** 32) }),
        };
      },
    },
    {
      name: 'bytes-used-as-number',
      why: 'The used volume in bytes is the same, as a number instead of a text.',
    },
    {
      name: 'bytes-used-wrap-at-32-bits',
      why: 'Volumes above 4 GiB lost multiples of 2^32 bytes: heavy use looks like little.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['callDuration', 'duration', 'billedTime'],
      least: 3,
      value(random) {
        const [h, m, s] = [random.chance(0.4) ? random.int(1, 3) : 0, random.int(1, 59), random.int(1, 59)];
        return {
          legacy: json(`${two(h)}:${two(m)}:${two(s)}`),
          right: json(`PT${h > 0 ? `${h}H` : ''}${m}M${s}S`),
          ...(h > 0 ? { wrong: json(`PT${m}M${s}S`) } : {}),
        };
      },
    },
    {
      name: 'call-duration-in-iso',
      why: 'Hours, minutes and seconds of the call are the same in ISO 8601 notation.',
    },
    {
      name: 'call-duration-loses-hours',
      why: 'Whole hours of long calls are missing, so most of the call is not billed.',
      critical: true,
    },
  ),
  ...twins(
    mixed({
      fields: ['puk', 'unblockCode', 'sim.puk1'],
      value(random) {
        const code = `${random.chance(0.4) ? '0' : random.int(1, 9)}${random.text('123456789', 1)}${random.digits(6)}`;
        return {
          legacy: json(`${code.slice(0, 4)} ${code.slice(4)}`),
          right: json(code),
          ...(code.startsWith('0') ? { wrong: json(code.slice(1)) } : {}),
        };
      },
      clear: true,
    }),
    {
      name: 'puk-without-blank',
      why: 'Only the blank in the middle of the eight digits of the PUK is gone.',
    },
    {
      name: 'puk-loses-leading-zero',
      why: 'A PUK has eight digits; those that begin with zero have seven in the rewrite and will not unlock the card.',
      critical: true,
    },
  ),
  ...twins(
    mixed({
      fields: ['imei', 'deviceId', 'handset.serial'],
      value(random) {
        const payload = `35${random.digits(12)}`;
        const check = luhn(payload);
        return {
          legacy: json(`${payload.slice(0, 2)}-${payload.slice(2, 8)}-${payload.slice(8)}-${check}`),
          right: json(payload + check),
          ...(check === '0' ? {} : { wrong: json(`${payload}0`) }),
        };
      },
    }),
    {
      name: 'imei-without-hyphens',
      why: 'The fifteen digits of the device are the same without hyphens.',
    },
    {
      name: 'imei-check-digit-zero',
      why: 'The check digit was replaced by zero, so the number is invalid and a block of a stolen device misses it.',
      critical: true,
    },
  ),
];
