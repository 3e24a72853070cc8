/** Logistics: delivery windows, weights, opening hours, addresses, visits. */
import { type Family, twins } from '../kit.ts';
import { Day, json, list, object, timeOfDay, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const days = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

const postcodes: Readonly<Record<string, string>> = {
  Leeds: 'LS1 4DY',
  Bremen: '28195',
  Porto: '4000-322',
  Lyon: '69002',
  Turin: '10121',
};

const windows = twins(
  {
    fields: ['deliveryWindow', 'slot', 'pickupTime'],
    least: 2,
    value(random) {
      const from = random.int(7, 18);
      const to = from + random.int(1, 4);
      const half = random.pick(['00', '30']);
      const twelve = (hour: number) => two(hour % 12 === 0 ? 12 : hour % 12);
      const spoken = (hour: number) => `${twelve(hour)}:${half} ${hour < 12 ? 'AM' : 'PM'}`;
      const span = (write: (hour: number) => string) => json(`${write(from)}:${half}-${write(to)}:${half}`);
      return shown(json(`${spoken(from)} - ${spoken(to)}`), span(two), span(twelve));
    },
  },
  { name: 'window_in_24_hours', why: 'the same times of day on the 24-hour clock' },
  {
    name: 'afternoon_mark_dropped',
    critical: false,
    why: 'AM and PM were dropped without adding twelve hours: the afternoon became the morning',
  },
);

const weights = twins(
  {
    fields: ['weight', 'parcelWeight', 'grossWeight'],
    value(random) {
      const grams = random.int(5, 640) * 50;
      const weight = (value: string) => object({ value, unit: '"g"' });
      return shown(json(`${(grams / 1000).toFixed(3)} kg`), weight(`${grams}`), weight(`${grams / 1000}`));
    },
  },
  { name: 'kilograms_as_grams', why: 'the weight was converted together with its unit' },
  {
    name: 'kilograms_called_grams',
    critical: false,
    why: 'the unit became gram but the number is still that of kilograms',
  },
);

const hours = twins(
  {
    fields: ['openingHours', 'hours', 'pickupPoint'],
    least: 2,
    value(random) {
      const week = `0${random.int(7, 9)}:00-${random.int(17, 20)}:00`;
      const times = [...Array<string>(5).fill(week), `10:00-${random.int(13, 16)}:00`, 'closed'];
      const rows = (shift: number) =>
        list(days.map((day, at) => object({ day: json(day), open: json(times[(at + shift) % 7]) })));
      return shown(
        object(Object.fromEntries(days.map((day, at) => [day, json(times[at])]))),
        rows(0),
        rows(1),
      );
    },
  },
  {
    name: 'opening_hours_as_rows',
    why: 'each day of the week keeps its hours; the map became a list of rows',
  },
  {
    name: 'opening_hours_a_day_off',
    critical: false,
    why: 'each day has the hours of the next one: closed on Saturday, open on Sunday',
  },
);

const addresses = twins(
  {
    fields: ['parties', 'addresses', 'orderAddresses'],
    value(random) {
      const [bill, ship] = random.shuffled(['Leeds', 'Bremen', 'Porto', 'Lyon', 'Turin']);
      const at = (city: string | undefined) =>
        object({ city: json(city), postcode: json(postcodes[city ?? '']) });
      const rows = list([
        object({ role: '"BILLING"', address: at(bill) }),
        object({ role: '"DELIVERY"', address: at(ship) }),
      ]);
      return shown(
        rows,
        object({ DELIVERY: at(ship), BILLING: at(bill) }),
        object({ DELIVERY: at(bill), BILLING: at(bill) }),
      );
    },
  },
  { name: 'addresses_by_role', why: 'both addresses keep their role; the rows became a map by role' },
  {
    name: 'delivered_to_billing_address',
    critical: true,
    why: 'the delivery address became that of billing: goods go to another place',
  },
);

const visits = twins(
  {
    fields: ['nextVisit', 'technicianAt', 'callback'],
    least: 2,
    value(random) {
      const day = Day.any(random, 2026, 2027);
      const { text } = timeOfDay(random);
      const local = (date: string) => json(`${date}T${text}`);
      return shown(
        object({ date: json(`${day.dd}.${day.mm}.${day.yyyy}`), time: json(text) }),
        local(day.iso),
        local(`${day.yyyy}-${day.dd}-${day.mm}`),
      );
    },
  },
  { name: 'visit_day_and_time_joined', why: 'the same day and the same time in one ISO 8601 text' },
  {
    name: 'visit_day_as_month',
    critical: false,
    why: 'day and month changed places, so the visit is on another day or on none',
  },
);

export const families: readonly Family[] = [...windows, ...weights, ...hours, ...addresses, ...visits];
