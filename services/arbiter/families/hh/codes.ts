/** Codes and flags which the rewrite translates. */
import type { Family } from '../kit.ts';
import { json } from '../kit-values.ts';
import { shown } from '../shown.ts';
import { broken, common, fine, pair } from './setting.ts';

/** Rows: legacy, what it means, and what the defect takes it for. */
type Rows = readonly (readonly [legacy: string, right: string, wrong?: string])[];
const rowValue = ([legacy, right, wrong]: Rows[number]) =>
  shown(json(legacy), json(right), json(wrong ?? right));

const contractStates: Rows = [
  ['A', 'active'],
  ['N', 'new'],
  ['E', 'ended'],
  ['S', 'suspended', 'active'],
  ['C', 'cancelled'],
];
const states = pair(
  {
    fields: ['contractStatus', 'accountState', 'policyStatus', 'lineStatus'],
    routes: ['GET /contracts/{id}', 'GET /accounts/{id}', 'GET /policies/{number}', 'GET /lines/{msisdn}'],
    least: 14,
    value: (random) => rowValue(common(random, contractStates)),
  },
  {
    name: 'hh_state_letters_spelled',
    why: 'Each letter of the old table is spelled out as the one state it stands for.',
  },
  {
    name: 'hh_suspended_is_active',
    why: 'S, suspended, has no row in the new table and falls to active, so blocked contracts can be used again.',
    critical: true,
  },
);

const truths = pair(
  {
    fields: ['taxExempt', 'blocked', 'vip', 'directDebit'],
    routes: ['GET /customers/{id}', 'GET /accounts/{id}', 'GET /members/{id}', 'GET /customers/{id}/billing'],
    least: 10,
    evidence: 3,
    common: (random) =>
      random.pick([
        ['1', '0'],
        ['Y', 'N'],
        ['T', 'F'],
      ] as const),
    value: (random, [yes, no]) => {
      const set = random.chance(0.4);
      return shown(json(set ? yes : no), String(set), 'true');
    },
  },
  {
    name: 'hh_flag_is_boolean',
    why: 'The two letters of the old flag are true and false now, each always the same.',
  },
  {
    name: 'hh_every_text_is_true',
    why: 'Any text that is not empty counts as true, so the flag is set for those for whom legacy says no.',
    critical: true,
  },
);

const threeWays = pair(
  {
    fields: ['smoker', 'pregnant', 'politicallyExposed', 'previousClaims'],
    routes: [
      'POST /quotes/life',
      'GET /patients/{id}/anamnesis',
      'GET /applications/{id}/kyc',
      'POST /quotes/motor',
    ],
    clear: true,
    least: 10,
    common: (random) => random.pick(['U', '?']),
    value: (random, unknown) => {
      const [legacy, right, wrong] = random.pick([
        ['Y', 'true', 'true'],
        ['N', 'false', 'false'],
        ['N', 'false', 'false'],
        [unknown, 'null', 'false'],
      ] as const);
      return shown(json(legacy), right, wrong);
    },
  },
  {
    name: 'hh_unknown_is_null',
    why: 'Yes, no and not known keep three values of their own: true, false and null.',
  },
  {
    name: 'hh_unknown_is_no',
    why: 'A question nobody has answered is now answered with no, which prices, screens and treats people wrongly.',
    critical: true,
  },
);

const orderStates: Rows = [
  ['SHIPPED', 'shipped'],
  ['PAID', 'paid'],
  ['IN_PROGRESS', 'inProgress'],
  ['DELIVERED', 'delivered'],
  ['PARTIALLY_SHIPPED', 'partiallyShipped', 'unknown'],
  ['ON_HOLD', 'onHold'],
  ['RETURN_RECEIVED', 'returnReceived', 'unknown'],
];
const spelling = pair(
  {
    fields: ['orderStatus', 'status', 'fulfilment', 'lineState'],
    routes: ['GET /orders/{id}', 'GET /orders', 'POST /orders/{id}/events'],
    least: 14,
    value: (random) => rowValue(common(random, orderStates)),
  },
  {
    name: 'hh_constants_in_camel_case',
    why: 'The same names of states in the spelling of the new interface.',
  },
  {
    name: 'hh_rare_states_are_unknown',
    why: 'States that the rewrite forgot in its table are answered as unknown, although legacy knows them.',
    critical: false,
  },
);

const scopes = fine(
  {
    fields: ['scope', 'scopes', 'grantedScope'],
    routes: ['POST /oauth/token', 'POST /oauth/introspect', 'GET /clients/{id}'],
    clear: true,
    value: (random) => {
      const chosen = random
        .shuffled(['openid', 'profile', 'orders.read', 'orders.write', 'billing.read'])
        .slice(0, random.int(1, 4));
      return { legacy: json([...chosen].sort().join(' ')), right: json(random.shuffled(chosen).join(' ')) };
    },
  },
  {
    name: 'hh_scopes_in_another_order',
    why: 'OAuth scopes are a set divided by blanks; the same rights are granted in either order.',
  },
);

const pan = pair(
  {
    fields: ['cardNumber', 'maskedPan', 'card.display', 'paymentCard'],
    routes: ['GET /customers/{id}/payment-methods', 'GET /orders/{id}/payment', 'GET /cards/{id}'],
    value: (random) => {
      const amex = random.chance(0.3);
      const number = amex
        ? `3${random.pick(['4', '7'])}${random.digits(13)}`
        : `${random.pick(['4', '51', '53'])}${random.digits(15)}`.slice(0, 16);
      const last = number.slice(-4);
      return shown(
        json(`${'*'.repeat(number.length - 4)}${last}`),
        json(`•••• ${last}`),
        json(amex ? number : `•••• ${last}`),
      );
    },
  },
  {
    name: 'hh_other_mask_characters',
    why: 'Both hide all but the last four digits of the card, behind other characters.',
  },
  {
    name: 'hh_some_cards_unmasked',
    why: 'Card numbers of 15 digits do not match the new mask and are answered in full.',
    critical: true,
  },
);

const consent = pair(
  {
    fields: ['consents', 'marketing', 'contactPermissions', 'optIn'],
    routes: ['GET /customers/{id}/consents', 'PUT /customers/{id}/consents', 'GET /subscribers/{id}'],
    value: (random) => {
      const answers = ['email', 'sms', 'post'].map(
        (key) => [key, random.pick(['Y', 'N', 'N', null])] as const,
      );
      const text = (of: (answer: string | null) => unknown) =>
        json(Object.fromEntries(answers.map(([key, answer]) => [key, of(answer)])));
      return shown(
        text((answer) => answer),
        text((answer) => (answer === null ? null : answer === 'Y')),
        text((answer) => answer !== 'N'),
      );
    },
  },
  {
    name: 'hh_consent_as_boolean',
    why: 'Each channel keeps its answer, yes, no or never asked, with booleans instead of letters.',
  },
  {
    name: 'hh_never_asked_is_consent',
    why: 'People who were never asked now count as having agreed to be written to.',
    critical: true,
  },
);

const editable = broken(
  {
    fields: ['permissions', 'actions', 'caseRights', 'allowed'],
    routes: ['GET /cases/{id}', 'GET /claims/{id}/actions', 'GET /cases/{id}/rights', 'GET /claims/{id}'],
    value: (random) => {
      const state = random.pick(['draft', 'open', 'open', 'approved', 'closed']);
      const owner = random.chance(0.5);
      const text = (edit: boolean) => json({ state, owner, canRead: true, canEdit: edit });
      const right = text(owner && (state === 'draft' || state === 'open'));
      return shown(right, right, text(owner));
    },
  },
  {
    name: 'hh_closed_can_be_edited',
    why: 'Owners may edit approved and closed cases, which legacy locks: the rewrite looks at the owner only.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...states,
  ...truths,
  ...threeWays,
  ...spelling,
  scopes,
  ...pan,
  ...consent,
  editable,
];
