/** Flags, rights, limits and bands. */
import { twins } from '../kit.ts';
import { decimal, json, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const invertedFlag = twins(
  {
    fields: ['flags', 'access', 'settings', 'features'],
    value(random) {
      const enabled = random.chance(0.5);
      const legacy = object({ enabled: String(enabled) });
      return shown(legacy, object({ disabled: String(!enabled) }), object({ disabled: String(enabled) }));
    },
  },
  { name: 'e_enabled_as_not_disabled', why: 'The name of the flag was negated and so was its value.' },
  {
    name: 'e_flag_name_negated_value_not',
    critical: true,
    why: 'The name was negated but the value was not: what was enabled is disabled.',
  },
);

const rights = ['read', 'write', 'approve', 'delete'] as const;
const rightLetters = twins(
  {
    fields: ['rights', 'mandate', 'permissions', 'powers'],
    value(random) {
      const has = rights.map((_, at) => at === 0 || random.chance(0.4));
      const list = (gained: boolean) => json(rights.filter((_, at) => has[at] || (gained && at === 1)));
      const letters = rights.map((right, at) => (has[at] ? right[0] : '-')).join('');
      return shown(json(letters), list(false), list(true));
    },
  },
  { name: 'e_right_letters_as_words', why: 'Each letter became the word of its right; a hyphen gives none.' },
  {
    name: 'e_reader_may_write',
    critical: true,
    why: 'The right to write is listed although its place holds a hyphen.',
  },
);

const scopes = twins(
  {
    fields: ['scope', 'grants', 'tokenScope', 'consents'],
    value(random) {
      const all = ['accounts:read', 'payments:read', 'cards:read', 'payments:initiate'];
      const chosen = random.shuffled(all).slice(0, random.int(1, 3));
      const wide = chosen.map((scope) => scope.replace(/:read$/, ':*'));
      return shown(json(chosen.join(' ')), json(chosen), json(wide));
    },
  },
  {
    name: 'e_scope_text_as_list',
    why: 'OAuth writes scopes in one text parted by spaces; the list holds the same.',
  },
  {
    name: 'e_scope_widened',
    critical: true,
    why: 'A scope that allows reading only became one that allows everything.',
  },
);

const limits = twins(
  {
    fields: ['dailyLimit', 'cardLimit', 'overdraftLimit', 'withdrawalLimit'],
    least: 4,
    value(random) {
      if (random.chance(0.3)) return shown('0', '0.00', 'null');
      const units = random.int(1, 100) * 5_000;
      return shown(decimal(units, 2).replace('.00', ''), decimal(units, 2), decimal(units, 2));
    },
  },
  { name: 'e_limit_with_cents', why: 'Limits got two decimals; a limit of nought stays nought.' },
  {
    name: 'e_limit_of_nought_is_null',
    critical: true,
    why: 'A limit of nought, which allows nothing, became no limit at all.',
  },
);

const feeWaived = twins(
  {
    fields: ['monthlyFee', 'fee', 'accountFee', 'charge'],
    least: 4,
    value(random) {
      const units = random.chance(0.4) ? 0 : random.int(50, 2_000);
      return shown(
        decimal(units, 2),
        json(decimal(units, 2)),
        units === 0 ? json('4.90') : json(decimal(units, 2)),
      );
    },
  },
  { name: 'e_fee_as_text', why: 'The same fee as text; who paid nothing still pays nothing.' },
  {
    name: 'e_fee_of_nought_gets_default',
    critical: true,
    why: 'Where legacy charges nothing the standard fee of 4.90 is charged.',
  },
);

const bands = twins(
  {
    fields: ['tier', 'riskBand', 'feeBand', 'bonusClass'],
    least: 6,
    value(random) {
      const edge = random.pick([100_000, 500_000]);
      const units = random.chance(0.4) ? edge : minorUnits(random, 5_000, 900_000);
      const band = (amount: number) => 1 + (amount >= 100_000 ? 1 : 0) + (amount >= 500_000 ? 1 : 0);
      const body = (at: string) => object({ amount: decimal(units, 2), band: json(at) });
      return shown(body(`B${band(units)}`), body(`BAND_${band(units)}`), body(`BAND_${band(units - 1)}`));
    },
  },
  { name: 'e_band_spelled_out', why: 'B1 is BAND_1; each amount is in the same band.' },
  {
    name: 'e_band_at_its_edge',
    critical: true,
    why: 'Amounts exactly on an edge fall into the band below: greater was written for greater or equal.',
  },
);

export const families = [...invertedFlag, ...rightLetters, ...scopes, ...limits, ...feeWaived, ...bands];
