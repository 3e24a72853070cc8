/** Values that live: fresh ids, clocks, quotes; and answers that belong to another request. */
import { defect, type Family, type Random, type Theme, twins } from '../kit.ts';
import { decimal, givenNames, json, minorUnits, object, surnames } from '../kit-values.ts';

const uuid = (random: Random): string =>
  [8, 4, 4, 4, 12]
    .map((length, at) =>
      at === 2 ? `4${random.hex(3)}` : at === 3 ? `a${random.hex(3)}` : random.hex(length),
    )
    .join('-');

/** A quote around 1.05 to 1.30 that moves by a few hundredths of a percent between two calls. */
function quoted(modern: (rate: number) => number): Theme {
  return {
    fields: ['bidRate', 'indicativeRate', 'spot', 'eurUsd'],
    least: 20,
    always: true,
    value(random) {
      const rate = 1.05 + random.next() * 0.25;
      const near = () => rate * (1 + (random.next() - 0.5) * 0.0006);
      const [legacy, legacy2, right, wrong] = [rate, near(), near(), modern(near())].map((of) =>
        of.toFixed(5),
      );
      return { legacy, legacy2, right, wrong };
    },
  };
}

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['idempotencyKey', 'messageId', 'endToEndId', 'traceId'],
      least: 8,
      always: true,
      common: (random) => ({ fixed: json(uuid(random)) }),
      value: (random, { fixed }) => ({
        legacy: json(uuid(random)),
        legacy2: json(uuid(random)),
        right: json(uuid(random)),
        wrong: fixed,
      }),
    },
    {
      name: 'fresh_id_each_call',
      why: 'Each call draws a fresh random id, in both systems and in both runs of legacy.',
    },
    {
      name: 'fresh_id_drawn_once',
      why: 'The rewrite drew its id once, so all its messages carry the same one while legacy never repeats.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['generatedAt', 'asOf', 'serverTime', 'printedAt'],
      least: 6,
      always: true,
      common: (random) => ({
        now: Date.UTC(2026, random.int(0, 9), random.int(1, 28), 6),
        started: random.int(3, 30) * 3_600_000,
      }),
      value(random, common) {
        const started = common.now - common.started;
        common.now += random.int(30, 900) * 1_000 + random.int(0, 999);
        common.started = common.now - started;
        const write = (at: number) => json(new Date(at).toISOString());
        const soon = () => write(common.now + random.int(1, 1_900));
        return { legacy: write(common.now), legacy2: soon(), right: soon(), wrong: write(started) };
      },
    },
    {
      name: 'clock_read_a_moment_later',
      why: 'All clocks are read within two seconds, as legacy does in its second run.',
    },
    {
      name: 'clock_read_at_start',
      why: 'The time of the rewrite stands still, hours behind, while legacy goes on.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['expiresIn', 'tokenTtl', 'secondsLeft', 'lockSeconds'],
      least: 4,
      common: (random) => ({ life: random.pick([300, 900, 3_600]) }),
      value(random, { life }) {
        const left = () => life - random.int(0, 3);
        return { legacy: `${left()}`, legacy2: `${left()}`, right: `${left()}`, wrong: `${left() * 1_000}` };
      },
    },
    {
      name: 'seconds_left_run_down',
      why: 'The seconds left vary by as much as in the second run of legacy.',
    },
    {
      name: 'seconds_left_in_milliseconds',
      why: 'The time left is a thousand times longer: milliseconds where legacy counts seconds.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['otp', 'tan', 'oneTimeCode', 'confirmationCode'],
      least: 10,
      value(random) {
        const code = () => `${random.chance(0.25) ? 0 : random.int(1, 9)}${random.int(10_000, 99_999)}`;
        const right = code();
        const value = { legacy: json(code()), legacy2: json(code()), right: json(right) };
        return right.startsWith('0') ? { ...value, wrong: json(right.slice(1)) } : value;
      },
    },
    {
      name: 'one_time_code_fresh',
      why: 'Six random digits each time, in both systems and in both runs of legacy.',
    },
    {
      name: 'one_time_code_without_leading_zero',
      why: 'Codes that start with zero come out with five digits, where legacy always gives six.',
      critical: true,
    },
  ),
  ...twins(
    quoted((rate) => 1 / rate),
    {
      name: 'quote_moves_between_calls',
      why: 'The quotes differ by no more than those of two runs of legacy do.',
    },
    {
      name: 'quote_upside_down',
      why: 'The rewrite answers one divided by the rate, the quote of the other currency.',
      critical: true,
    },
  ),
  defect(
    quoted((rate) => rate * 1.006),
    {
      name: 'quote_with_margin_added_twice',
      why: 'Every quote lies about 0.6 percent above legacy, twenty times what two runs of legacy differ by.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['availableBalance', 'bookedBalance', 'outstanding', 'accountBalance'],
      least: 4,
      common: () => ({ before: '' }),
      value(random, common) {
        const [text, before] = [decimal(minorUnits(random, 200, 5_000_000), 2), common.before];
        common.before = text;
        return before === ''
          ? { legacy: text, right: json(text) }
          : { legacy: text, right: json(text), wrong: json(before) };
      },
    },
    { name: 'balance_quoted', why: 'Each balance is the same decimal as text.' },
    {
      name: 'balance_of_previous_request',
      why: 'The rewrite answers the balance that the request before asked for: a stale read.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['customer', 'borrower', 'patientName', 'recipient'],
      least: 4,
      common: () => ({ before: ['', ''] as [string, string] }),
      value(random, common) {
        const person: [string, string] = [random.pick(givenNames), random.pick(surnames)];
        const before = common.before;
        common.before = person;
        const legacy = object({ first: json(person[0]), last: json(person[1]) });
        const write = ([first, last]: readonly [string, string]) =>
          object({ last: json(last), first: json(first) });
        const value = { legacy, right: write(person) };
        return before[0] === '' || before.join() === person.join()
          ? value
          : { ...value, wrong: write(before) };
      },
    },
    { name: 'name_members_reordered', why: 'First and last name are the same under the same keys.' },
    {
      name: 'name_of_previous_request',
      why: 'The person of the request before is answered: a variable shared between requests.',
      critical: true,
    },
  ),
];
