/** Claims of an insurer: Smalltalk objects over DB2, rewritten in C#. */
import { coded } from '../code-table.ts';
import { defect, type Family, twins } from '../kit.ts';
import { Day, decimal, givenNames, json, list, minorUnits, object, surnames } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const sentences = [
  'Policyholder reports water ingress through the roof after the storm.',
  'Rear bumper and left lamp damaged while parked.',
  'Third party admitted liability at the scene.',
  'Photos and repair estimate received from the garage.',
  'Adjuster to visit the premises next week.',
] as const;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['claimFinancials', 'amounts', 'claimTotals', 'figures'],
      value(random) {
        const [paid, reserve] = [minorUnits(random, 5000), minorUnits(random, 5000)];
        const legacy = object({ paid: decimal(paid, 2), reserve: decimal(reserve, 2) });
        const right = object({ reserve: decimal(reserve, 2), paid: decimal(paid, 2) });
        return shown(legacy, right, object({ reserve: decimal(paid, 2), paid: decimal(reserve, 2) }));
      },
    },
    {
      name: 'claim_members_reordered',
      why: 'Members of an object have no order; paid and reserve are the same amounts.',
    },
    {
      name: 'claim_paid_and_reserve_swapped',
      why: 'The paid amount stands under reserve and the reserve under paid.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['payments', 'claimPayments', 'transactions', 'entries'],
      least: 3,
      value(random) {
        const rows = Array.from({ length: random.int(1, 4) }, (_, at) => ({
          no: at + 1,
          amount: decimal(minorUnits(random, 2000, 900_000), 2),
        }));
        const texts = rows.map(({ no, amount }) => object({ no: String(no), amount: json(amount) }));
        const right = rows.map(({ no, amount }) => object({ no: String(no), amount }));
        const at = random.int(0, right.length - 1);
        return shown(
          list(texts),
          list(right),
          list(right.flatMap((row, i) => (i === at ? [row, row] : [row]))),
        );
      },
    },
    {
      name: 'claim_payments_as_numbers',
      why: 'The same payments with the same amounts, as numbers.',
    },
    {
      name: 'claim_payment_doubled_by_join',
      why: 'A payment appears twice with the same number, as a join with two rows makes it.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['claimants', 'injuredParties', 'contacts', 'persons'],
      least: 4,
      value(random) {
        const people = Array.from({ length: random.int(1, 3) }, () => ({
          first: random.pick(givenNames),
          last: random.pick(surnames),
        }));
        const legacy = people.length === 1 ? people[0] : people;
        return shownJson(legacy, people, people.slice(0, 1));
      },
    },
    {
      name: 'single_claimant_in_list',
      why: 'Legacy unwraps a list of one; the rewrite always answers a list of the same people.',
    },
    {
      name: 'only_first_claimant',
      why: 'Of several people only the first is answered.',
      critical: true,
    },
  ),
  ...coded(
    ['claimPhase', 'processingState', 'decision', 'stage'],
    [
      ['NOT', 'Notified'],
      ['ASS', 'InAssessment', 'Unknown'],
      ['SUB', 'Subrogation', 'Unknown'],
      ['SET', 'Settled'],
      ['REJ', 'Rejected'],
      ['REO', 'Reopened', 'Unknown'],
    ],
    {
      name: 'claim_phase_spelled_out',
      why: 'Three letters of a phase are spelled out, each phase in one and only one way.',
    },
    {
      name: 'claim_phase_unknown',
      why: 'Some phases have no counterpart in the new enum and are answered as Unknown.',
      critical: false,
    },
    4,
  ),
  ...twins(
    {
      fields: ['dateOfLoss', 'accidentDate', 'reportedOn', 'when'],
      value(random) {
        const day = Day.any(random, 2015, 2026);
        const name = day.date.toLocaleString('en-GB', { month: 'long', timeZone: 'UTC' });
        const turned = day.day <= 12 ? `${day.yyyy}-${day.dd}-${day.mm}` : day.iso;
        return shownJson(`${day.day} ${name} ${day.year}`, day.iso, turned);
      },
    },
    {
      name: 'smalltalk_date_into_iso',
      why: 'A date with the month in words is the same day in ISO form.',
    },
    {
      name: 'smalltalk_date_day_and_month_turned',
      why: 'Up to the twelfth of a month, day and month are exchanged.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['lossDescription', 'adjusterText', 'narrative', 'remark'],
      least: 2,
      value(random) {
        const lines = random.shuffled(sentences).slice(0, random.int(2, 5));
        const right = lines.join('\n');
        return shownJson(lines.join('\r\n'), right, right.slice(0, 80));
      },
    },
    {
      name: 'narrative_line_ends',
      why: 'The same text, with another kind of line end.',
    },
    {
      name: 'narrative_cut_at_eighty',
      why: 'The text ends after eighty characters in the middle of a sentence.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['experts', 'involvedGarages', 'assignedTo', 'handlers'],
      least: 2,
      value(random) {
        const names = random.shuffled(surnames).slice(0, random.int(1, 3));
        return shownJson(names.join(', '), names, 'System.Collections.Generic.List`1[System.String]');
      },
    },
    {
      name: 'handlers_text_into_list',
      why: 'The names between commas are the elements of the list.',
    },
    {
      name: 'handlers_dotnet_type_name',
      why: 'The name of a .NET type is answered instead of the names.',
      critical: false,
    },
  ),
  defect(
    {
      fields: ['remainingDeductible', 'payoutLimit', 'outstandingReserve', 'recoveryAmount'],
      least: 4,
      value(random) {
        const amount = decimal(minorUnits(random, 1000), 2);
        return { legacy: amount, right: amount, wrong: undefined };
      },
    },
    {
      name: 'claim_amount_absent',
      why: 'An amount that legacy always answers is missing.',
      critical: true,
    },
  ),
];
