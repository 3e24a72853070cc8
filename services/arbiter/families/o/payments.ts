/** Payments between banks: amounts, banks and references (C and Oracle to Go). */
import { type Family, twins } from '../kit.ts';
import { decimal, json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const exponents = { EUR: 2, USD: 2, JPY: 0, KRW: 0, KWD: 3 } as const;

const exponent = twins(
  {
    fields: ['instructedAmount', 'amount', 'settlementAmount'],
    value(random) {
      const currency = random.pick(['EUR', 'USD', 'JPY', 'KRW', 'KWD'] as const);
      const units = minorUnits(random, 1000, 90_000_000);
      const modern = (scale: number) =>
        object({ currency: json(currency), amount: json(decimal(units, scale)) });
      const legacy = object({ ccy: json(currency), minorUnits: json(String(units)) });
      return shown(legacy, modern(exponents[currency]), modern(2));
    },
  },
  {
    name: 'o_minor_units_by_currency',
    why: 'Minor units are written as an amount with as many decimals as the currency has.',
  },
  {
    name: 'o_minor_units_always_hundredths',
    why: 'Yen and won have no minor unit and the Kuwaiti dinar has thousandths; modern divides all by one hundred.',
    critical: true,
  },
);

const endToEnd = twins(
  {
    fields: ['endToEndId', 'e2eReference', 'customerReference'],
    least: 2,
    common: (random) => (random.chance(0.5) ? 'null' : undefined),
    value(random, none: string | undefined) {
      if (random.chance(0.45)) return { legacy: json('NOTPROVIDED'), right: none };
      const reference = json(`${random.pick(['INV', 'RE', 'PO', 'KD'])}-${random.digits(8)}`);
      return { legacy: reference, right: reference, wrong: none };
    },
  },
  {
    name: 'o_notprovided_omitted',
    why: 'NOTPROVIDED is the SEPA word for no reference; modern gives none there and keeps the others.',
  },
  {
    name: 'o_reference_omitted',
    why: 'Real end-to-end references are gone, so the payee cannot match the payment.',
    critical: true,
  },
);

const banks = [
  'DEUTDEFF',
  'COBADEFF',
  'BNPAFRPP',
  'UBSWCHZH',
  'INGBNL2A',
  'NDEASESS',
  'BCITITMM',
  'BARCGB22',
] as const;
const bic = twins(
  {
    fields: ['bic', 'creditorAgent', 'bankIdentifier'],
    least: 2,
    value(random) {
      const bank = random.pick(banks);
      if (random.chance(0.5)) return { legacy: json(bank), right: json(`${bank}XXX`) };
      const branch = json(`${bank}${random.pick(['500', '370', 'LON', '80A', 'MIL', '200'])}`);
      return { legacy: branch, right: branch, wrong: json(`${bank}XXX`) };
    },
  },
  {
    name: 'o_bic_head_office_suffix',
    why: 'A BIC of eight characters and the same with XXX name the same head office.',
  },
  {
    name: 'o_bic_branch_to_head_office',
    why: 'The code of the branch is replaced by XXX: another office of the bank.',
    critical: true,
  },
);

const qrReference = twins(
  {
    fields: ['qrReference', 'paymentReference', 'structuredReference'],
    value(random) {
      const digits = `${random.int(1, 9)}${random.digits(26)}`;
      const printed = `${digits.slice(0, 2)} ${digits.slice(2).replace(/(.{5})(?=.)/g, '$1 ')}`;
      return shown(json(printed), json(digits), json(BigInt(Number(digits)).toString()));
    },
  },
  {
    name: 'o_qr_reference_ungrouped',
    why: 'The 27 digits of the reference are the same without the blanks between the groups.',
  },
  {
    name: 'o_qr_reference_through_double',
    why: 'Only about the first 16 of 27 digits survive: the reference went through a floating point number.',
    critical: true,
  },
);

const controlSum = twins(
  {
    fields: ['batch', 'paymentInformation', 'groupHeader'],
    value(random) {
      const amounts = Array.from({ length: random.int(2, 5) }, () => minorUnits(random, 500, 500_000));
      const sum = (units: readonly number[]) =>
        decimal(
          units.reduce((total, unit) => total + unit, 0),
          2,
        );
      const texts = amounts.map((units) => decimal(units, 2));
      const modern = (total: string) => object({ amounts: list(texts), controlSum: total });
      const legacy = object({ amounts: list(texts.map(json)), controlSum: json(sum(amounts)) });
      return shown(legacy, modern(sum(amounts)), modern(sum(amounts.slice(0, -1))));
    },
  },
  {
    name: 'o_control_sum_numbers',
    why: 'The amounts and their sum are the same, as numbers instead of strings.',
  },
  {
    name: 'o_control_sum_without_last',
    why: 'The control sum leaves out the last payment and no longer agrees with the amounts.',
    critical: true,
  },
);

export const families: readonly Family[] = [...exponent, ...endToEnd, ...bic, ...qrReference, ...controlSum];
