/** Direct debits of a building society and the codes of SEPA. */
import { germanIbanDigits } from '../check-digits.ts';
import { coded } from '../code-table.ts';
import { twins } from '../kit.ts';
import { Day, json, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const dashed = (code: string) => `${code.slice(0, 2)}-${code.slice(2, 4)}-${code.slice(4)}`;

export const families = [
  ...coded(
    ['sequenceType', 'seqTp', 'debitSequence'],
    [
      ['FRST', 'first'],
      ['RCUR', 'recurring'],
      ['OOFF', 'one_off', 'recurring'],
      ['FNAL', 'final', 'recurring'],
    ],
    { name: 'u_debit_sequence_spelled_out', why: 'The four SEPA sequence types, each by its English word.' },
    {
      name: 'u_debit_one_off_recurs',
      critical: true,
      why: 'One-off or final direct debits are told as recurring, so they are collected again.',
    },
    3,
  ),
  ...coded(
    ['returnReason', 'rejectCode', 'rsn'],
    [
      ['AC01', 'INCORRECT_ACCOUNT_NUMBER'],
      ['AC04', 'ACCOUNT_CLOSED', 'INSUFFICIENT_FUNDS'],
      ['AM04', 'INSUFFICIENT_FUNDS'],
      ['MD01', 'NO_MANDATE', 'INSUFFICIENT_FUNDS'],
      ['MD07', 'DEBTOR_DECEASED', 'REFUSED_BY_DEBTOR'],
      ['MS02', 'REFUSED_BY_DEBTOR'],
    ],
    {
      name: 'u_return_reason_named',
      why: 'Each ISO 20022 return code became the name that the code list gives it.',
    },
    {
      name: 'u_return_reason_confused',
      critical: true,
      why: 'Closed accounts, missing mandates or deaths are told as another reason, so that debits are tried again.',
    },
    4,
  ),
  ...twins(
    {
      fields: ['bankAccount', 'payer', 'debitAccount'],
      value(random) {
        const [sort, account] = [
          `${random.pick(['04', '07', '20', '30', '40', '60'])}${random.digits(4)}`,
          random.digits(8),
        ];
        const both = (number: string) =>
          object({ sortCode: json(dashed(sort)), accountNumber: json(number) });
        return shown(json(`${sort}${account}`), both(account), both(account.slice(1)));
      },
    },
    {
      name: 'u_account_split_in_two',
      why: 'Fourteen digits were split into the six of the sort code and the eight of the account.',
    },
    {
      name: 'u_account_first_digit_lost',
      critical: true,
      why: 'The split starts one digit late, so the account number lacks its first digit.',
    },
  ),
  ...twins(
    {
      fields: ['iban', 'mandateAccount', 'debtorIban'],
      value(random) {
        const bban = `${random.pick(['37040044', '50010517', '20041133', '70020270'])}${random.digits(10)}`;
        const iban = `DE${germanIbanDigits(bban)}${bban}`;
        const masked = `${iban.slice(0, 4)}${'*'.repeat(14)}${iban.slice(-4)}`;
        const spaced = (text: string) => text.replace(/(.{4})(?=.)/g, '$1 ');
        return shownJson(masked, spaced(masked), spaced(iban));
      },
    },
    {
      name: 'u_masked_iban_spaced',
      why: 'The same masked account number with a space after every four characters.',
    },
    {
      name: 'u_masked_iban_revealed',
      critical: true,
      why: 'Legacy shows only the last four digits; the rewrite reveals the whole account number.',
    },
  ),
  ...twins(
    {
      fields: ['creditorReference', 'paymentRef', 'rf'],
      value(random) {
        const body = random.digits(17);
        const reference = `RF${String(98n - (BigInt(`${body}271500`) % 97n)).padStart(2, '0')}${body}`;
        const spaced = (text: string) => text.replace(/(.{4})(?=.)/g, '$1 ');
        return shownJson(reference, spaced(reference), spaced(reference.slice(0, 18)));
      },
    },
    {
      name: 'u_reference_in_fours',
      why: 'The same creditor reference, printed in groups of four as on the slip.',
    },
    {
      name: 'u_reference_cut_at_18',
      critical: true,
      why: 'The reference lost what stands behind its eighteenth character, so payments find no account.',
    },
  ),
  ...twins(
    {
      fields: ['collectionDate', 'debitOn', 'einzugsdatum'],
      value(random) {
        const day = Day.of(random.int(2021, 2026), random.int(1, 12), random.int(2, 24));
        const summer = day.month > 3 && day.month < 11;
        return shownJson(
          day.iso,
          `${day.iso}T00:00:00+0${summer ? 2 : 1}:00`,
          `${day.plus(-1).iso}T00:00:00+0${summer ? 2 : 1}:00`,
        );
      },
    },
    {
      name: 'u_collection_day_local_midnight',
      why: 'A day and the midnight at which it begins by local time are the same day.',
    },
    {
      name: 'u_collection_day_before',
      critical: true,
      why: 'The day passed through UTC and came out as the day before, so debits are drawn a day early.',
    },
  ),
];
