/** Families of a customs house: goods codes, quantities and danger. */
import { type Family, twins } from '../kit.ts';
import { decimal, json } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const goods = [
  'FROZEN COD FILLETS, BONELESS, IN CARTONS',
  'LITHIUM-ION BATTERIES PACKED WITH EQUIPMENT',
  'COTTON T-SHIRTS, KNITTED, FOR MEN',
  'PARTS OF HYDRAULIC PUMPS, STEEL',
  'ROASTED COFFEE, NOT DECAFFEINATED',
] as const;

export const families: readonly Family[] = [
  ...twins(
    {
      once: true,
      fields: ['commodityCode', 'hsCode', 'TARIFF_NO'],
      value(random) {
        const chapter = random.chance(0.5) ? `0${random.int(1, 9)}` : String(random.int(10, 97));
        const [heading, sub, cn] = [chapter + random.digits(2), random.digits(2), random.digits(2)];
        const code = heading + sub + cn;
        return shownJson(`${heading}.${sub}.${cn}`, code, String(Number(code)));
      },
    },
    { name: 'commodity_code_without_dots', why: 'The same eight digits of the commodity code without dots.' },
    {
      name: 'commodity_code_leading_zero_lost',
      critical: true,
      why: 'Codes of chapters 01 to 09 lose their zero and name other goods.',
    },
  ),
  ...twins(
    {
      fields: ['packingGroup', 'hazardPackingGroup', 'PG'],
      least: 3,
      value(random) {
        const roman = random.pick(['I', 'II', 'III'] as const);
        return shownJson(roman, { I: 1, II: 2, III: 3 }[roman], { I: 1, II: 3, III: 3 }[roman]);
      },
    },
    { name: 'packing_group_arabic', why: 'I, II and III are 1, 2 and 3.' },
    {
      name: 'packing_group_two_as_three',
      critical: true,
      why: 'Dangerous goods of packing group II are declared as III, a lesser danger.',
    },
  ),
  ...twins(
    {
      fields: ['goodsDescription', 'commodityText', 'WARENBEZ'],
      value(random) {
        const text = random.pick(goods);
        return shownJson(text.padEnd(60), text, text.slice(0, 20));
      },
    },
    {
      name: 'goods_text_trimmed',
      why: 'The same words; only the blanks that fill the fixed field are gone.',
    },
    {
      name: 'goods_text_cut_at_twenty',
      critical: false,
      why: 'The description is cut in the middle of a word, after twenty characters.',
    },
  ),
  ...twins(
    {
      fields: ['declaredQuantity', 'netMass', 'MENGE'],
      value(random) {
        const quantity = random.chance(0.4) ? random.int(1, 99) * 100 : random.int(11, 99_999);
        const text = decimal(quantity, 2);
        const cut = quantity % 100 === 0 ? text.replace('.', '').replace(/0+$/, '') : String(Number(text));
        return shown(json(text), String(Number(text)), cut);
      },
    },
    {
      name: 'quantity_trailing_zeros',
      why: 'Zeros at the end of a fraction and quotes do not change the number.',
    },
    {
      name: 'quantity_zeros_stripped_too_far',
      critical: true,
      why: 'Stripping zeros goes beyond the decimal point: 300.00 becomes 3.',
    },
  ),
];
