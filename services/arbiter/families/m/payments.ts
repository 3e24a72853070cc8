/** Payments on their way: states, remittance texts, errors, periods, due days. */
import { type Family, twins } from '../kit.ts';
import { Day, json, list, object, timeOfDay } from '../kit-values.ts';
import { shown } from '../shown.ts';

const history = twins(
  {
    fields: ['statusHistory', 'events', 'progress'],
    least: 2,
    value(random) {
      const day = Day.any(random, 2025, 2026);
      const steps = ['RECEIVED', 'CHECKED', 'SENT', random.pick(['SETTLED', 'RETURNED'])];
      const times = steps.map((_, at) => `${day.plus(at).iso} ${timeOfDay(random).text}`);
      const rows = (separator: string) =>
        steps.map((state, at) =>
          object({ state: json(state), at: json(times[at]?.replace(' ', separator)) }),
        );
      return shown(list(rows(' ')), list(rows('T')), list(rows('T').slice(0, -1)));
    },
  },
  { name: 'history_times_with_t', why: 'the same states at the same times; a T stands between day and time' },
  {
    name: 'final_state_missing',
    critical: true,
    why: 'the last state (settled or returned) is missing, so the payment looks as if it were on its way',
  },
);

const remittance = twins(
  {
    fields: ['remittanceInformation', 'purpose', 'verwendungszweck'],
    once: true,
    value(random) {
      const lines = [
        `${random.pick(['Invoice', 'Contract', 'Order'])} ${random.digits(6)}`,
        `Customer ${random.digits(5)}`,
        ...(random.chance(0.4) ? [`Due ${Day.any(random, 2026, 2026).iso}`] : []),
      ];
      return shown(json(lines.join('\r\n')), json(lines.join('\n')), json(lines[0]));
    },
  },
  { name: 'remittance_line_ends', why: 'the same lines of text; line ends are LF instead of CR LF' },
  { name: 'remittance_first_line_only', critical: false, why: 'all lines after the first one are lost' },
);

const errors = twins(
  {
    fields: ['error', 'fault', 'problem'],
    value(random) {
      const [code, old, now] = random.pick([
        ['E4012', 'Insufficient funds', 'There is not enough money in the account.'],
        ['E4030', 'Account blocked', 'This account is blocked.'],
        ['E4041', 'Payee unknown', 'The payee is not known.'],
        ['E4090', 'Duplicate payment', 'This payment was already made.'],
        ['E4220', 'Limit exceeded', 'The limit was exceeded.'],
      ] as const);
      const error = (number: string, message: string) =>
        object({ code: json(number), message: json(message) });
      return shown(error(code, old), error(code, now), error('E5000', 'Internal error'));
    },
  },
  {
    name: 'error_message_friendlier',
    why: 'the same error code; only the sentence for people says the same in other words',
  },
  {
    name: 'error_became_internal',
    critical: false,
    why: 'a business error that the client can act on became an internal error',
  },
);

const periods = twins(
  {
    fields: ['period', 'billingPeriod', 'coverage'],
    once: true,
    value(random) {
      const [year, month] = [random.int(2023, 2026), random.int(1, 12)];
      const first = Day.of(year, month, 1);
      const last = Day.of(year, month + random.pick([1, 3]), 1).plus(-1);
      return shown(
        object({ from: json(first.iso), to: json(last.iso) }),
        json(`${first.iso}/${last.iso}`),
        json(`${first.iso}/${last.plus(-1).iso}`),
      );
    },
  },
  { name: 'period_as_interval', why: 'first and last day are the same, written as an ISO 8601 interval' },
  {
    name: 'period_ends_a_day_early',
    critical: false,
    why: 'the period ends one day before the last day that legacy answers',
  },
);

const due = twins(
  {
    fields: ['terms', 'dueDate', 'paymentTerms'],
    value(random) {
      const issued = Day.any(random, 2023, 2026);
      const next = Day.of(issued.year, issued.month + 1, Math.min(issued.day, 28));
      const all = (term: string, day: Day) =>
        object({ issued: json(issued.iso), termDays: term, due: json(day.iso) });
      return shown(all('30', issued.plus(30)), all('"30"', issued.plus(30)), all('"30"', next));
    },
  },
  {
    name: 'term_days_as_text',
    why: 'issue day, term and due day are the same; the number of days is a text',
  },
  {
    name: 'due_after_a_month',
    critical: false,
    why: 'the due day is a calendar month later, not the 30 days that the term says',
  },
);

const recalls = twins(
  {
    fields: ['pendingPayments', 'queue', 'openTransfers'],
    value(random) {
      const items = Array.from({ length: random.int(2, 5) }, () => ({
        id: `P${random.digits(7)}`,
        state: random.pick(['OPEN', 'OPEN', 'CANCELLED']),
      }));
      const map = (of: typeof items) =>
        object(Object.fromEntries(of.map(({ id, state }) => [id, json(state)])));
      const rows = items.map(({ id, state }) => object({ id: json(id), state: json(state) }));
      return shown(list(rows), map(items), map(items.map((item) => ({ ...item, state: 'OPEN' }))));
    },
  },
  { name: 'payments_by_id', why: 'the rows became a map from payment to state with the same pairs' },
  {
    name: 'cancelled_payment_open',
    critical: true,
    why: 'a cancelled payment is answered as open and would be paid',
  },
);

export const families: readonly Family[] = [
  ...history,
  ...remittance,
  ...errors,
  ...periods,
  ...due,
  ...recalls,
];
