/** Error bodies: codes, places and messages. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { json, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['error', 'fault', 'problem', 'rejection'],
      value: (random) => {
        const [code, said, says] = random.pick([
          ['INSUFFICIENT_FUNDS', 'Not enough money on the account', 'Insufficient funds'],
          ['CARD_EXPIRED', 'Card has expired', 'The card is expired'],
          ['LIMIT_EXCEEDED', 'Over the daily limit', 'Daily limit exceeded'],
          ['DUPLICATE_PAYMENT', 'Payment was already sent', 'This payment was sent already'],
        ] as const);
        const body = (kind: string, message: string) => object({ code: json(kind), message: json(message) });
        return shown(body(code, said), body(code, says), body('INTERNAL_ERROR', says));
      },
    },
    {
      name: 'f_error_message_reworded',
      why: 'The code is the same and the message says the same in other words.',
    },
    {
      name: 'f_error_code_generic',
      critical: true,
      why: 'The reason of the refusal became INTERNAL_ERROR, so that callers take it for an outage and retry.',
    },
  ),
  ...twins(
    {
      fields: ['invalidField', 'errorPath', 'source', 'pointer'],
      value: (random) => {
        const [at, name] = [random.int(0, 12), random.pick(['iban', 'amount', 'dueDate', 'quantity'])];
        return shown(
          json(`items[${at}].${name}`),
          json(`/items/${at}/${name}`),
          json(`/items/${at + 1}/${name}`),
        );
      },
    },
    { name: 'f_error_path_as_pointer', why: 'A JSON pointer to the same field of the same element.' },
    {
      name: 'f_error_path_next_element',
      critical: false,
      why: 'The path names the element after the wrong one.',
    },
  ),
  ...coded(
    ['message', 'userMessage', 'detail'],
    [
      [
        'Payment could not be booked',
        'The payment could not be booked',
        'ERROR: duplicate key value violates unique constraint "payment_pkey"',
      ],
      ['Please try again later', 'Please try again later.', 'connect ECONNREFUSED 10.20.4.17:5432'],
      ['Unknown customer', 'Unknown customer.', "TypeError: Cannot read properties of null (reading 'iban')"],
      ['Invalid request', 'Invalid request.'],
    ],
    { name: 'f_user_message_polished', why: 'An article or a full stop was added to the same message.' },
    {
      name: 'f_user_message_leaks_internals',
      critical: false,
      why: 'Instead of a message for users there is an internal error with names of tables, hosts or code.',
    },
  ),
];
