/** What differs by nature from run to run, and defects that hide in it. */
import { defect, type Family, faithful, type Random, twins } from '../kit.ts';
import { Day, decimal, givenNames, json, minorUnits, surnames, two } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const least = 8;

interface Waiting {
  readonly patient: string;
  readonly urgency: number;
}

const byUrgency = (random: Random, patients: readonly Waiting[]) =>
  random.shuffled(patients).sort((a, b) => a.urgency - b.urgency);

const triage = twins(
  {
    fields: ['waitingList', 'triageQueue', 'callOrder'],
    least: 10,
    value(random) {
      const patients = Array.from({ length: random.int(4, 7) }, () => ({
        patient: `P${random.digits(5)}`,
        urgency: random.int(1, 4),
      }));
      patients.push({ patient: `P${random.digits(5)}`, urgency: patients[0]!.urgency });
      const byNumber = [...patients].sort((a, b) => (a.patient < b.patient ? -1 : 1));
      const sorted = byNumber.every((row, at) => at === 0 || byNumber[at - 1]!.urgency <= row.urgency);
      const texts = {
        legacy: json(byUrgency(random, patients)),
        legacy2: json(byUrgency(random, patients)),
        right: json(byUrgency(random, patients)),
      };
      return sorted ? texts : { ...texts, wrong: json(byNumber) };
    },
  },
  {
    name: 'z_triage_ties_in_any_order',
    why: 'The list is ordered by urgency; patients of equal urgency change places in legacy from run to run too.',
  },
  {
    name: 'z_triage_by_patient_number',
    why: 'Legacy changes only the order of equally urgent patients; the rewrite orders by patient number, so urgent ones wait behind others.',
    critical: true,
  },
);

const pages = twins(
  {
    fields: ['page', 'paging', 'result.page'],
    least: 12,
    value(random) {
      const size = random.pick([20, 25, 50]);
      const total = random.int(size * 2 + 1, size * 6);
      const count = Math.ceil(total / size);
      const number = random.chance(0.3) ? count : random.int(1, count - 1);
      const to = Math.min(number * size, total);
      const shape = (next: string | null) => json({ from: (number - 1) * size + 1, to, of: total, next });
      const legacyToken = () =>
        Buffer.from(`o=${to};n=${random.hex(10)};s=${random.digits(3)}`).toString('base64');
      if (number === count) return { legacy: shape(null), right: shape(null) };
      return {
        legacy: shape(legacyToken()),
        legacy2: shape(legacyToken()),
        right: shape(`c_${random.text('ABCDEFGHJKMNPQRSTVWXYZ0123456789', 20)}`),
        wrong: shape(null),
      };
    },
  },
  {
    name: 'z_page_token_of_its_own_kind',
    why: 'The token for the next page is opaque and new each time, in legacy too; it is missing on the last page only, on both sides.',
  },
  {
    name: 'z_page_token_missing_before_the_end',
    why: 'There is no token although more entries follow (to is less than of), so clients never see the rest.',
    critical: false,
  },
);

const clocks = twins(
  {
    fields: ['generatedAt', 'answer.time', 'printedOn'],
    least: 12,
    always: true,
    value(random) {
      const start =
        Day.any(random, 2024, 2026).date.getTime() +
        random.int(3, 22) * 3_600_000 +
        random.int(0, 3_590) * 1000;
      const at = (shift: number) => new Date(start + shift).toISOString();
      const german = (shift: number) => {
        const text = at(shift);
        return json(`${text.slice(8, 10)}.${text.slice(5, 7)}.${text.slice(0, 4)} ${text.slice(11, 19)} UTC`);
      };
      const iso = (shift: number) => json(at(shift));
      return {
        legacy: german(0),
        legacy2: german(random.int(1, 3) * 1000),
        right: iso(random.int(0, 2999)),
        wrong: iso(random.int(0, 2999) - 3_600_000),
      };
    },
  },
  {
    name: 'z_clock_read_seconds_later',
    why: 'The moment of the answer is read from the clock at each request; it differs by seconds, as two answers of legacy do.',
  },
  {
    name: 'z_clock_an_hour_behind',
    why: 'The moment of the answer may differ by seconds, as in legacy, but the rewrite is always a whole hour behind.',
    critical: false,
  },
);

const consents = twins(
  {
    fields: ['marketingConsent', 'consent.dataSharing', 'optInEmail', 'gdpr.profilingConsent'],
    clear: true,
    least: 14,
    value(random) {
      const given = random.pick(['Y', 'N', 'never asked']);
      if (given === 'never asked') return { legacy: undefined, right: 'null', wrong: 'true' };
      return { legacy: json(given), right: json(given === 'Y') };
    },
  },
  {
    name: 'z_consent_absent_as_null',
    why: 'Y and N are true and false, and customers who were never asked have null where legacy leaves the field out.',
  },
  {
    name: 'z_consent_absent_as_given',
    why: 'Customers who were never asked (no field in legacy) are shown as having consented, like those with Y.',
    critical: true,
  },
);

const paymentPages = twins(
  {
    fields: ['emailBody', 'html', 'reminder.content'],
    least,
    value(random) {
      const name = `${random.pick(givenNames)} ${random.pick(surnames)}`;
      const invoice = `R${random.digits(6)}`;
      const amount = decimal(minorUnits(random, 900, 300_000), 2);
      const wrongInvoice = `R${String((Number(invoice.slice(1)) + 1) % 1_000_000).padStart(6, '0')}`;
      const body = (link: string) =>
        `<div class="mail mail--v2"><p>Dear ${name},</p><p>please pay <strong>EUR ${amount}</strong> for invoice ${invoice}.</p><p><a rel="noopener" href="https://pay.example.com/i/${link}">Pay now</a></p></div>`;
      return shownJson(
        `<TABLE border=0 cellpadding=4><TR><TD>Dear ${name},<BR><BR>please pay <B>EUR&nbsp;${amount}</B> for invoice ${invoice}.<BR><BR><A HREF="https://pay.example.com/i/${invoice}">Pay now</A></TD></TR></TABLE>`,
        body(invoice),
        body(wrongInvoice),
      );
    },
  },
  {
    name: 'z_reminder_mail_new_markup',
    why: 'Only the markup around the text is another one: the reader sees the same words and amount, and the link leads to the same invoice.',
  },
  {
    name: 'z_reminder_mail_link_to_other_invoice',
    why: 'The text names one invoice but the payment link leads to the next one, so the customer pays somebody else’s bill.',
    critical: true,
  },
);

const correlation = faithful(
  {
    fields: ['correlationId', 'requestRef', 'trace.id'],
    least: 10,
    common: (random) => ({ next: random.int(1000, 90_000), host: random.pick(['APP01', 'PRD7', 'ZOS2']) }),
    value(random, at) {
      const id = () => {
        at.next += random.int(1, 30);
        return json(`${at.host}.${String(at.next).padStart(8, '0')}`);
      };
      const uuid = `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-b${random.hex(3)}-${random.hex(12)}`;
      return { legacy: id(), legacy2: id(), right: json(uuid) };
    },
  },
  {
    name: 'z_correlation_id_of_new_kind',
    why: 'The identifier is made anew for each request on both sides and stands for nothing but that request.',
  },
);

const latency = faithful(
  {
    fields: ['tookMs', 'timing', 'server.elapsed'],
    least: 12,
    value(random) {
      const database = random.int(8, 90);
      const timing = (low: number, high: number) =>
        json({ dbMs: database + random.int(-6, 9), renderMs: random.int(low, high), unit: 'ms' });
      return { legacy: timing(4, 40), legacy2: timing(4, 40), right: timing(1, 30) };
    },
  },
  {
    name: 'z_time_taken_measured_anew',
    why: 'These are measured durations of the request itself, which differ between two runs of legacy as well.',
  },
);

const intervals = faithful(
  {
    fields: ['validity', 'slot', 'appointment.window'],
    least,
    value(random) {
      const day = Day.any(random, 2024, 2026);
      const [hour, minute] = [random.int(6, 17), random.pick([0, 15, 30, 45])];
      const length = random.int(1, 14) * 15;
      const end = hour * 60 + minute + length;
      const span = `PT${length >= 60 ? `${Math.floor(length / 60)}H` : ''}${length % 60 ? `${length % 60}M` : ''}`;
      const start = `${day.iso}T${two(hour)}:${two(minute)}`;
      const until = `${day.iso}T${two(Math.floor(end / 60))}:${two(end % 60)}`;
      return shownJson(`${start}/${until}`, `${start}/${span}`, `${start}/${span}`);
    },
  },
  {
    name: 'z_interval_by_duration',
    why: 'ISO 8601 writes an interval by start and end or by start and duration; it is the same interval.',
  },
);

const schedules = faithful(
  {
    fields: ['jobSchedule', 'cron', 'batch.trigger'],
    least,
    value(random) {
      const [hour, minute] = [random.int(0, 23), random.pick([0, 5, 10, 30, 45])];
      const [legacy, right] = random.pick([
        ['0 0 * * *', '@daily'],
        ['0 * * * *', '@hourly'],
        ['0 0 1 * *', '@monthly'],
        [`${minute} ${hour} * * 1-5`, `${minute} ${hour} * * MON-FRI`],
        [`${minute} ${hour} * * 0`, `${minute} ${hour} * * SUN`],
        ['*/15 * * * *', '0,15,30,45 * * * *'],
        [`${minute} ${hour} 1 1,7 *`, `${minute} ${hour} 1 JAN,JUL *`],
      ] as const);
      return shownJson(legacy, right, right);
    },
  },
  {
    name: 'z_cron_by_names',
    why: 'Cron takes names of days and months, lists and the words daily, hourly and monthly for the same points in time.',
  },
);

const holidays = faithful(
  {
    fields: ['workWeek', 'deliveryDay', 'productionDate'],
    least,
    value(random) {
      const day = Day.any(random, 2019, 2026);
      const weekday = ((day.date.getUTCDay() + 6) % 7) + 1;
      const thursday = day.plus(4 - weekday);
      const week = Math.ceil(thursday.ordinal / 7);
      const text = `${thursday.year}-W${two(week)}-${weekday}`;
      return shownJson(text, day.iso, day.iso);
    },
  },
  {
    name: 'z_iso_week_date_to_calendar_date',
    why: 'Year, week and weekday of ISO 8601 name exactly one day, which the rewrite gives by its calendar date.',
  },
);

const previous = defect(
  {
    fields: ['customer', 'accountHolder', 'session.user'],
    least: 12,
    common: () => ({ last: undefined as string | undefined }),
    value(random, memory) {
      const shape = {
        number: random.digits(8),
        name: `${random.pick(givenNames)} ${random.pick(surnames)}`,
        balance: decimal(minorUnits(random, 1000, 9_000_000), 2),
      };
      const own = json(shape);
      const before = memory.last;
      memory.last = own;
      return before === undefined ? { legacy: own, right: own } : { legacy: own, right: own, wrong: before };
    },
  },
  {
    name: 'z_answer_of_previous_customer',
    why: 'The rewrite answers with number, name and balance of the customer who asked just before: a leak between sessions.',
    critical: true,
  },
);

const totals = defect(
  {
    fields: ['costReport', 'summary', 'ledger.sheet'],
    least,
    value(random) {
      const rows = Array.from({ length: random.int(2, 5) }, (_, at) => ({
        line: at + 1,
        units: minorUnits(random, 500, 2_000_000),
      }));
      const sum = rows.reduce((total, { units }) => total + units, 0);
      const shape = (total: number) => ({
        rows: [
          ...rows.map(({ line, units }) => ({ label: `Cost centre ${line}`, amount: decimal(units, 2) })),
          { label: 'Subtotal', amount: decimal(sum, 2) },
        ],
        total: decimal(total, 2),
      });
      return shownJson(shape(sum), shape(sum), shape(sum * 2));
    },
  },
  {
    name: 'z_subtotal_counted_as_cost',
    why: 'The row of the subtotal is added to the rows above it, so the total is twice the costs.',
    critical: true,
  },
);

const balances = defect(
  {
    fields: ['movements', 'statementRows', 'passbook'],
    least,
    value(random) {
      const opening = minorUnits(random, 20_000, 900_000);
      const steps = Array.from(
        { length: random.int(3, 6) },
        () => random.pick([-1, -1, 1]) * minorUnits(random, 300, 60_000),
      );
      const rows = (from: number, order: readonly number[]) => {
        let balance = from;
        return order.map((step) => {
          balance += step;
          return { amount: decimal(step, 2), balance: decimal(balance, 2) };
        });
      };
      const right = { opening: decimal(opening, 2), rows: rows(opening, steps) };
      const wrong = { opening: decimal(opening, 2), rows: rows(0, steps) };
      return shownJson(right, right, wrong);
    },
  },
  {
    name: 'z_running_balance_from_zero',
    why: 'The running balances begin at zero instead of the opening balance that stands above them.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...triage,
  ...pages,
  ...clocks,
  ...consents,
  ...paymentPages,
  correlation,
  latency,
  intervals,
  schedules,
  holidays,
  previous,
  totals,
  balances,
];
