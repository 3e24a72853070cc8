/** A parcel operator: weights, sizes, delivery windows, pick-up codes, cash on delivery, events. */
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, minorUnits, object, surnames, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const weight = twins(
  {
    fields: ['weight', 'parcelWeight', 'p3'],
    value(random) {
      const grams = minorUnits(random, 120, 31_500);
      const legacy = json(`${decimal(grams, 3).padStart(9, '0')}KG`);
      const modern = (value: number) => object({ value: decimal(value, 3), unit: json('kg') });
      return shown(legacy, modern(grams), modern(Math.round(grams * 2.204_623)));
    },
  },
  {
    name: 'v_weight_unit_split_off',
    why: 'The same number of kilograms, with the unit in a member of its own.',
  },
  {
    name: 'v_weight_pounds_called_kilograms',
    why: 'The number was converted to pounds but is still called kilograms, so parcels weigh 2.2 times as much.',
    critical: true,
  },
);

const size = twins(
  {
    fields: ['dimensions', 'parcelSize', 'misc'],
    value(random) {
      const [l, w, h] = [random.int(30, 120), random.int(15, 60), random.int(3, 40)];
      const three = (value: number) => String(value).padStart(3, '0');
      const legacy = json(`${three(l)}X${three(w)}X${three(h)} CM`);
      const modern = (scale: number) =>
        object({ lengthMm: `${l * scale}`, widthMm: `${w * scale}`, heightMm: `${h * scale}` });
      return shown(legacy, modern(10), modern(1));
    },
  },
  {
    name: 'v_size_in_millimetres',
    why: 'The same length, width and height, converted from centimetres to millimetres.',
  },
  {
    name: 'v_size_centimetres_called_millimetres',
    why: 'The numbers of centimetres are answered as millimetres, a tenth of the size.',
    critical: false,
  },
);

const window = twins(
  {
    fields: ['deliveryWindow', 'timeSlot', 'x1'],
    value(random) {
      const from = random.pick([8, 9, 10, 13, 14, 16, 17, 18]);
      const to = from + random.pick([2, 2, 3]);
      const modern = (hours: (hour: number) => number) => ({
        from: `${two(hours(from))}:00`,
        to: `${two(hours(to))}:00`,
      });
      return shownJson(
        `${two(from)}00-${two(to)}00`,
        modern((hour) => hour),
        modern((hour) => (hour > 12 ? hour - 12 : hour)),
      );
    },
  },
  {
    name: 'v_delivery_window_from_to',
    why: 'The same span of time, as an object with two clock times.',
  },
  {
    name: 'v_delivery_window_twelve_hours',
    why: 'Hours of the afternoon lost twelve hours: 1400-1600 became 02:00 to 04:00.',
    critical: false,
  },
);

const lockerCode = twins(
  {
    fields: ['pickupCode', 'lockerPin', 'openingCode'],
    clear: true,
    least: 3,
    value(random) {
      const pin = `${random.chance(0.4) ? '0' : random.int(1, 9)}${random.digits(5)}`;
      return shownJson(`${pin.slice(0, 3)} ${pin.slice(3)}`, pin, pin.replace(/^0+/, ''));
    },
  },
  {
    name: 'v_pickup_code_without_blank',
    why: 'The same six digits, without the blank in their middle.',
  },
  {
    name: 'v_pickup_code_leading_zero_lost',
    why: 'Codes that begin with zero have lost that digit, and the locker does not open.',
    critical: true,
  },
);

const cashOnDelivery = twins(
  {
    fields: ['cashOnDeliveryAmount', 'codAmount', 'collectOnDelivery'],
    clear: true,
    least: 4,
    value(random) {
      const cents = random.chance(0.6) ? 0 : minorUnits(random, 900, 150_000);
      const legacy = json(decimal(cents, 2).padStart(10));
      return cents === 0 ? { legacy, right: '0.00' } : shown(legacy, decimal(cents, 2), '0.00');
    },
  },
  {
    name: 'v_cash_on_delivery_as_number',
    why: 'The same amount to collect, as a number instead of a text with leading blanks.',
  },
  {
    name: 'v_cash_on_delivery_not_collected',
    why: 'Parcels for which legacy has an amount to collect are answered with nothing to collect.',
    critical: true,
  },
);

const handedTo = twins(
  {
    fields: ['proofOfDelivery', 'deliveredTo', 'handover'],
    value(random) {
      const place = random.pick(['RECIPIENT', 'RECIPIENT', 'NEIGHBOUR', 'SHOP']);
      const name = random.pick(surnames);
      const modern = (to: string) => ({ handedTo: to, signedBy: name });
      return shownJson(`${place}/${name.toUpperCase()}`, modern(place.toLowerCase()), modern('recipient'));
    },
  },
  {
    name: 'v_handover_split',
    why: 'The same kind of taker and the same name, in two members.',
  },
  {
    name: 'v_handover_always_recipient',
    why: 'A parcel that a neighbour or a shop took is answered as handed to the recipient.',
    critical: true,
  },
);

const steps = ['ACCEPTED', 'IN DEPOT', 'ON VEHICLE', 'DELIVERED'] as const;

const events = twins(
  {
    fields: ['events', 'trackingHistory', 'scans'],
    value(random) {
      const start = Day.any(random, 2026, 2026);
      const scans = steps.slice(0, random.int(2, steps.length)).map((step, at) => ({
        step,
        day: start.plus(Math.floor(at / 2)),
        hour: two(6 + at * 3),
        minute: two(random.int(0, 59)),
      }));
      const legacy = scans.map(
        ({ step, day, hour, minute }) => `${day.yyyy}${day.mm}${day.dd} ${hour}${minute} ${step}`,
      );
      const modern = scans.map(({ step, day, hour, minute }) => ({
        at: `${day.iso}T${hour}:${minute}`,
        status: step,
      }));
      return shownJson(legacy, modern, modern.slice(0, -1));
    },
  },
  {
    name: 'v_tracking_events_as_objects',
    why: 'The same events at the same minutes in the same order, each as an object.',
  },
  {
    name: 'v_tracking_latest_event_missing',
    why: 'The latest event that legacy lists is missing, so a parcel seems a step behind.',
    critical: false,
  },
);

export const families: Family[] = [
  ...weight,
  ...size,
  ...window,
  ...lockerCode,
  ...cashOnDelivery,
  ...handedTo,
  ...events,
];
