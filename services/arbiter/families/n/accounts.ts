/** A regional bank's accounts: COBOL records behind JSON, rewritten in Kotlin. */
import { coded } from '../code-table.ts';
import { type Family, type Random, twins } from '../kit.ts';
import { Day, decimal, givenNames, json, list, minorUnits, object, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

function sortCode(random: Random) {
  const [sort, account] = [
    `${random.int(20, 83)}${random.digits(4)}`,
    `${random.int(1, 9)}${random.digits(7)}`,
  ];
  const dashed = `${sort.slice(0, 2)}-${sort.slice(2, 4)}-${sort.slice(4)} ${account}`;
  const parts = (number: string) => object({ sortCode: json(sort), accountNumber: json(number) });
  return shown(json(dashed), parts(account), parts(account.slice(0, 7)));
}

function balances(random: Random) {
  const booked = minorUnits(random, 1_000, 4_000_000) * (random.chance(0.15) ? -1 : 1);
  const available = booked - (random.chance(0.3) ? 0 : minorUnits(random, 100, 60_000));
  const text = (units: number) => decimal(units, 2);
  return shown(
    object({ available: json(text(available)), booked: json(text(booked)) }),
    object({ booked: text(booked), available: text(available) }),
    object({ booked: text(available), available: text(booked) }),
  );
}

function holders(random: Random) {
  const surname = random.pick(surnames);
  const names = random.shuffled(givenNames).slice(0, random.pick([1, 2, 2, 3]));
  const legacy = names.map((given) => `${surname} ${given}`.toUpperCase()).join(' / ');
  const all = names.map((given) => json(`${given} ${surname}`));
  return shown(json(legacy), list(all), list(all.slice(0, 1)));
}

function validTo(random: Random) {
  if (random.chance(0.45)) return { legacy: json('31.12.9999'), right: 'null' };
  const day = Day.any(random, 2019, 2030);
  return shown(json(`${day.dd}.${day.mm}.${day.yyyy}`), json(day.iso), 'null');
}

const purposes = [
  'RENT FLAT 12',
  'INVOICE',
  'INSURANCE PREMIUM',
  'SALARY',
  'DONATION SPRING',
  'CAR TAX B-KL',
];
/** Statement text comes in lines of 27 characters (as on MT940 field 86), padded with spaces. */
function statementText(random: Random) {
  const lines = Array.from(
    { length: random.int(1, 3) },
    () => `${random.pick(purposes)} ${random.digits(random.int(4, 8))}`,
  );
  const whole = lines.join(' ');
  return shown(
    json(lines.map((line) => line.padEnd(27)).join('')),
    json(whole),
    json(whole.slice(0, 27).trimEnd()),
  );
}

export const families: Family[] = [
  ...twins(
    { fields: ['account', 'beneficiary', 'payee', 'debtorAccount'], value: sortCode },
    {
      name: 'n_sort_code_and_account_apart',
      why: 'The same six digits of sort code and eight of account number, without dashes.',
    },
    {
      name: 'n_account_number_loses_last_digit',
      critical: true,
      why: 'The account number lost its last digit, so it names another account or none.',
    },
  ),
  ...twins(
    { fields: ['balances', 'balance', 'saldo'], value: balances },
    {
      name: 'n_balances_as_numbers',
      why: 'Booked and available balance are the same amounts, as numbers and in another order of keys.',
    },
    {
      name: 'n_booked_and_available_swapped',
      critical: true,
      why: 'The booked and the available balance have changed places, so reserved money can be spent.',
    },
  ),
  ...twins(
    { fields: ['holders', 'accountHolder', 'owners'], value: holders },
    {
      name: 'n_joint_holders_as_list',
      why: 'All holders of the account stand in the list, in order and in ordinary spelling.',
    },
    {
      name: 'n_joint_holders_only_first',
      critical: true,
      why: 'Of a joint account only the first holder remains, the others lose their account.',
    },
  ),
  ...twins(
    { fields: ['validTo', 'mandateEnd', 'endDate', 'authorisedUntil'], value: validTo },
    {
      name: 'n_last_day_of_9999_is_null',
      why: '31.12.9999 stands for no end, which the rewrite writes as null; real ends are kept.',
    },
    {
      name: 'n_real_end_is_null',
      critical: true,
      why: 'A real end date became null, so a mandate that ends seems to have no end.',
    },
  ),
  ...twins(
    { fields: ['purpose', 'remittance', 'bookingText', 'narrative'], least: 2, value: statementText },
    {
      name: 'n_statement_lines_without_padding',
      why: 'The padded lines of 27 characters are joined by single spaces, no word is lost.',
    },
    {
      name: 'n_statement_text_first_line_only',
      critical: false,
      why: 'What stood after the first 27 characters of the booking text is lost.',
    },
  ),
  ...coded(
    ['cardStatus', 'status', 'accountState'],
    [
      ['AKTIV', 'ACTIVE'],
      ['GESPERRT', 'BLOCKED', 'ACTIVE'],
      ['BESTELLT', 'ORDERED'],
      ['GEKUENDIGT', 'CANCELLED'],
      ['ABGELAUFEN', 'EXPIRED', 'ACTIVE'],
    ],
    {
      name: 'n_german_card_states_in_english',
      why: 'Each German word for the state of a card became the English word for it.',
    },
    {
      name: 'n_blocked_card_is_active',
      critical: true,
      why: 'A blocked (gesperrt) or expired (abgelaufen) card is answered as active.',
    },
  ),
  ...coded(
    ['returnReason', 'reason', 'rejectReason'],
    [
      ['INSUFFICIENT FUNDS', 'AM04'],
      ['ACCOUNT CLOSED', 'AC04', 'AC06'],
      ['ACCOUNT BLOCKED', 'AC06', 'AC04'],
      ['INCORRECT ACCOUNT NUMBER', 'AC01'],
      ['NO MANDATE', 'MD01', 'MD06'],
      ['REFUND REQUESTED BY DEBTOR', 'MD06', 'MD01'],
      ['DEBTOR DECEASED', 'MD07'],
    ],
    {
      name: 'n_return_reasons_as_iso_codes',
      why: 'Each text of a returned debit became the ISO 20022 code of the same reason.',
    },
    {
      name: 'n_return_reasons_confused',
      critical: true,
      why: 'The ISO 20022 code stands for another reason than the text, such as blocked for closed.',
    },
    2,
  ),
];
