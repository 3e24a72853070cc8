/** States, codes, flags and error bodies. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { json, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families: readonly Family[] = [
  ...coded(
    ['status', 'paymentState', 'orderStatus', 'state'],
    [
      ['SETTLED', 'Settled'],
      ['REJECTED', 'Rejected'],
      ['PENDING_APPROVAL', 'PendingApproval', 'Settled'],
      ['ON_HOLD', 'OnHold', 'Settled'],
      ['CANCELLED', 'Cancelled', 'Settled'],
    ],
    { name: 'payment_state_in_pascal_case', why: 'The same words of each state in another case convention.' },
    {
      name: 'unlisted_state_defaults_to_settled',
      why: 'States that the mapping forgot fall to its default, so held and cancelled payments look settled.',
      critical: true,
    },
    4,
  ),
  ...coded(
    ['cardStatus', 'lifecycle', 'cardState'],
    [
      ['ACTIVE', 'active'],
      ['EXPIRED', 'expired'],
      ['LOST', 'lost'],
      ['STOLEN', 'stolen'],
      ['TEMP_BLOCKED', 'temp-blocked', 'active'],
    ],
    {
      name: 'card_state_in_kebab_case',
      why: 'The same words of each card state in small letters and hyphens.',
    },
    {
      name: 'blocked_card_called_active',
      why: 'Cards that are blocked for a time are stated as active.',
      critical: true,
    },
    4,
  ),
  ...coded(
    ['transactionStatus', 'groupStatus', 'TxSts'],
    [
      ['ACSC', 'AcceptedSettlementCompleted'],
      ['ACSP', 'AcceptedSettlementInProcess', 'AcceptedSettlementCompleted'],
      ['ACTC', 'AcceptedTechnicalValidation'],
      ['PDNG', 'Pending'],
      ['RJCT', 'Rejected'],
    ],
    {
      name: 'iso20022_status_named',
      why: 'Each ISO 20022 status code is replaced by the name the standard gives it.',
    },
    {
      name: 'settlement_in_process_called_completed',
      why: 'ACSP means settlement in process; calling it completed releases goods before the money is there.',
      critical: true,
    },
    4,
  ),
  ...coded(
    ['sanctionsScreening', 'pepCheck', 'fraudCheck', 'amlResult'],
    [
      ['CLEAR', 'clear'],
      ['HIT', 'hit'],
      ['UNKNOWN', 'unknown', 'clear'],
    ],
    { name: 'screening_lowercased', why: 'The same three results in small letters.' },
    {
      name: 'unknown_screening_called_clear',
      why: 'A check without a result is stated as passed.',
      critical: true,
    },
    4,
  ),
  ...twins(
    {
      fields: ['onlineAccess', 'contactless', 'abroadUse', 'access'],
      least: 3,
      value(random) {
        const enabled = random.chance(0.5);
        const write = (disabled: boolean) => object({ disabled: `${disabled}` });
        return { legacy: object({ enabled: `${enabled}` }), right: write(!enabled), wrong: write(enabled) };
      },
    },
    { name: 'enabled_said_as_disabled', why: 'The flag is turned round together with its name.' },
    {
      name: 'flag_renamed_not_turned',
      why: 'The key now says the opposite while its value stayed, so every access is the other way.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['consents', 'marketingPermissions', 'channels'],
      once: true,
      value(random) {
        const keys = ['email', 'sms', 'post'];
        const granted = keys.map(() => random.chance(0.5));
        const write = (text: (on: boolean) => string) =>
          object(Object.fromEntries(keys.map((key, at) => [key, text(granted[at] === true)])));
        return shown(
          write((on) => json(on ? 'Y' : 'N')),
          write((on) => `${on}`),
          write(() => 'true'),
        );
      },
    },
    { name: 'consent_letters_to_booleans', why: 'Y and N are true and false in each member.' },
    {
      name: 'any_consent_letter_is_true',
      why: 'The text N is not empty and was taken for true, so refused consents are granted.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['error', 'fault', 'problem', 'body'],
      once: true,
      value(random) {
        const [code, message] = random.pick([
          ['INSUFFICIENT_FUNDS', 'Balance too low'],
          ['LIMIT_EXCEEDED', 'Daily limit exceeded'],
          ['CARD_EXPIRED', 'The card has expired'],
          ['ACCOUNT_CLOSED', 'The account is closed'],
        ] as const);
        const body = (of: string, text: string) => object({ message: json(text), code: json(of) });
        const legacy = object({ error: object({ code: json(code), message: json(message) }) });
        return { legacy, right: body(code, message), wrong: body('INTERNAL_ERROR', 'Unexpected error') };
      },
    },
    { name: 'error_body_unwrapped', why: 'Code and message of the error are the same without the wrapper.' },
    {
      name: 'error_code_made_generic',
      why: 'A reason the client acts upon, like too low a balance, became an unexpected internal error.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['httpStatus', 'statusLine', 'result', 'response'],
      value(random) {
        const [code, phrase, wrong] = random.pick([
          [200, 'OK'],
          [201, 'Created'],
          [404, 'Not Found', 200],
          [409, 'Conflict', 200],
          [422, 'Unprocessable Entity', 200],
        ] as const);
        const legacy = json(`${code} ${phrase}`);
        return wrong === undefined
          ? { legacy, right: `${code}` }
          : { legacy, right: `${code}`, wrong: `${wrong}` };
      },
    },
    { name: 'status_line_to_number', why: 'The reason phrase adds nothing to the number of an HTTP status.' },
    {
      name: 'failed_status_becomes_200',
      why: 'Not found, conflict and refusal are answered as success.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['strongAuth', 'secondFactor', 'verified', 'isInsured'],
      value(random) {
        const on = random.chance(0.5);
        return { legacy: json(on ? 'true' : 'false'), right: `${on}`, ...(on ? {} : { wrong: 'true' }) };
      },
    },
    { name: 'boolean_unquoted', why: 'The texts true and false became the booleans of the same name.' },
    {
      name: 'text_false_taken_for_true',
      why: 'The text false is not empty, so the rewrite answers true.',
      critical: true,
    },
  ),
];
