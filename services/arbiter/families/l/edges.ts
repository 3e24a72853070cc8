/** Edges that only a few requests reach: limits, last digits, caps, rollovers; and harmless spellings there. */
import { type Family, twins } from '../kit.ts';
import { decimal, json, object } from '../kit-values.ts';

const counterEnd = 100_000;
const files = [
  'Gas Bill.pdf',
  'Tariff 2025.pdf',
  'Invoice.pdf',
  'Contract.pdf',
  'Meter Photo 2.jpg',
  'Terms.html',
];

const band = (age: number, senior: number) => (age < 18 ? '0-17' : age < senior ? '18-64' : '65+');

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['annualConsumption', 'networkLoad', 'totalVolume'],
      least: 4,
      value(random) {
        const millions = random.int(101, 940);
        if (random.chance(0.6)) {
          const small = decimal(random.int(1_000, 90_000_000), 1);
          return { legacy: small, right: small };
        }
        const mantissa = decimal(millions, 2);
        return { legacy: `${mantissa}E7`, right: String(millions * 100_000), wrong: mantissa };
      },
    },
    {
      name: 'l_exponent_written_out',
      why: 'The exponent of large numbers is written out, the value is the same.',
    },
    {
      name: 'l_exponent_cut_off',
      critical: true,
      why: 'Of large numbers only the mantissa is kept, a ten-millionth of the value.',
    },
  ),
  ...twins(
    {
      fields: ['usage', 'period', 'verbrauch'],
      least: 2,
      value(random) {
        const from = random.chance(0.5) ? counterEnd - random.int(1, 300) : random.int(1_000, 90_000);
        const used = random.int(301, 900);
        const to = (from + used) % counterEnd;
        const span = (text: string) => object({ from: String(from), to: String(to), used: text });
        const right = { legacy: json({ from, to, used: `${used} kWh` }), right: span(String(used)) };
        return to < from ? { ...right, wrong: span(String(to - from)) } : right;
      },
    },
    {
      name: 'l_meter_usage_number',
      why: 'The used quantity is the same number, without the unit that legacy adds.',
    },
    {
      name: 'l_meter_rollover_negative',
      critical: true,
      why: 'When the counter passes its end, the rewrite answers a negative consumption.',
    },
  ),
  ...twins(
    {
      fields: ['dosing', 'paracetamol', 'weightBased'],
      least: 3,
      value(random) {
        const weight = random.int(20, 110);
        const full = weight * 15;
        const dose = (mg: number) => json({ weightKg: weight, doseMg: mg });
        const legacy = json({ weightKg: `${weight}`, doseMg: `${Math.min(full, 1000)}` });
        const right = { legacy, right: dose(Math.min(full, 1000)) };
        return full > 1000 ? { ...right, wrong: dose(full) } : right;
      },
    },
    {
      name: 'l_weight_dose_numbers',
      why: 'Weight and dose are the same figures, as numbers instead of texts.',
    },
    {
      name: 'l_weight_dose_uncapped',
      critical: true,
      why: 'Heavy patients get more than the 1000 mg at which legacy stops.',
    },
  ),
  ...twins(
    {
      fields: ['ageBand', 'riskGroup', 'fareGroup'],
      least: 4,
      value(random) {
        const age = random.chance(0.3) ? 65 : random.int(1, 90);
        const member = (text: string) => json({ age, band: text });
        const legacy = json({ age, band: band(age, 65).replace('65+', '65 AND OVER').replace('-', ' TO ') });
        const right = { legacy, right: member(band(age, 65)) };
        return age === 65 ? { ...right, wrong: member(band(age, 66)) } : right;
      },
    },
    {
      name: 'l_age_band_signs',
      why: 'The words of the band are written with signs; the bounds are the same.',
    },
    {
      name: 'l_age_band_limit_exclusive',
      critical: false,
      why: 'Whoever is exactly 65 is put into the band below, and the others are right.',
    },
  ),
  ...twins(
    {
      fields: ['invoiceTotals', 'amounts', 'summary'],
      least: 3,
      value(random) {
        const [net, rate] = [random.int(10, 900) * 100, random.pick([7, 19, 19, 19])];
        const tax = (net * rate) / 100;
        const totals = (gross: number) =>
          object({
            net: decimal(net, 2),
            taxRate: String(rate),
            tax: decimal(tax, 2),
            gross: decimal(gross, 2),
          });
        const right = {
          legacy: object({
            gross: decimal(net + tax, 2),
            net: decimal(net, 2),
            tax: decimal(tax, 2),
            taxRate: decimal(rate * 10, 1),
          }),
          right: totals(net + tax),
        };
        return rate === 7 ? { ...right, wrong: totals(net) } : right;
      },
    },
    {
      name: 'l_totals_member_order',
      why: 'The members stand in another order and the tax rate has no trailing zero; all values are equal.',
    },
    {
      name: 'l_totals_reduced_tax_left_out',
      critical: true,
      why: 'At the reduced rate the gross amount leaves out the tax, so it is no longer the sum.',
    },
  ),
  ...twins(
    {
      fields: ['attachment', 'href', 'documentLink'],
      least: 3,
      value(random) {
        const file = random.pick(files);
        const url = `https://docs.example.com/%c3%a9nergie/${random.digits(6)}/${encodeURIComponent(file)}`;
        const right = url.replace('%c3%a9', '%C3%A9');
        const spaced = right.includes('%20') ? { wrong: json(right.replaceAll('%20', '%2520')) } : {};
        return { legacy: json(url), right: json(right), ...spaced };
      },
    },
    { name: 'l_percent_hex_case', why: 'Percent-encoded bytes mean the same in upper and lower case.' },
    {
      name: 'l_percent_encoded_twice',
      critical: false,
      why: 'The percent signs of blanks are encoded again, so the link leads nowhere.',
    },
  ),
  ...twins(
    {
      fields: ['gatewayAddress', 'ipv6', 'collector'],
      value(random) {
        const site = random.int(1, 9);
        const round = random.chance(0.5);
        const host = round ? `${random.int(1, 9)}0` : `${random.int(1, 9)}${random.int(1, 9)}`;
        const address = (last: string) => json(`2001:db8:${site}::${last}`);
        const right = {
          legacy: json(`2001:0db8:000${site}:0000:0000:0000:0000:00${host}`),
          right: address(host),
        };
        return round ? { ...right, wrong: address(host.slice(0, 1)) } : right;
      },
    },
    {
      name: 'l_ipv6_shortened',
      why: 'Leading zeros and the run of zero groups are left out, which is the same address.',
    },
    {
      name: 'l_ipv6_trailing_zero_cut',
      critical: true,
      why: 'A zero at the end of the last group is cut off too: the address of another device.',
    },
  ),
];
