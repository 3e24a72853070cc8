/** Shops and warehouses: promotions, bar codes, parcels, label colours. */
import { gtinDigit } from '../check-digits.ts';
import type { Family } from '../kit.ts';
import { decimal, json, minorUnits } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { pair } from './sized.ts';

const promotions = pair(
  {
    fields: ['promotion', 'offer', 'aktion', 'dealText'],
    once: true,
    value(random) {
      const take = random.int(2, 5);
      const kind = random.pick(['for', 'for', 'free', 'price', 'percent'] as const);
      if (kind === 'free') {
        const legacy = `BUY ${take} GET 1 FREE`;
        return shownJson(legacy, { take: take + 1, payFor: take }, { take, payFor: take - 1 });
      }
      if (kind === 'for')
        return shownJson(
          `${take} ITEMS FOR THE PRICE OF ${take - 1}`,
          { take, payFor: take - 1 },
          { take, payTotal: `${take - 1}.00` },
        );
      const price = decimal(minorUnits(random, 150, 2500), 2);
      if (kind === 'price')
        return { legacy: json(`${take} ITEMS FOR ${price}`), right: json({ take, payTotal: price }) };
      const percent = random.pick([10, 20, 25, 50]);
      return { legacy: json(`${percent}% OFF`), right: json({ take: 1, discountPercent: percent }) };
    },
  },
  {
    name: 'bb_promotion_text_as_rule',
    why: 'The rule says how many items are taken and how many are paid, or their price, just as the text does.',
  },
  {
    name: 'bb_promotion_text_misunderstood',
    why: 'Free items are counted among the bought ones, or a number of paid items is taken for a price.',
    critical: true,
  },
);

/** UPC-E leaves zeros out; its last digit tells where. */
function upcPayload(code: string, system: string, naive: boolean): string {
  const [a, b, c, d, e, f] = [...code] as [string, string, string, string, string, string];
  if (f <= '2' || (naive && f === '3')) return `${system}${a}${b}${f}0000${c}${d}${e}`;
  if (f === '3') return `${system}${a}${b}${c}00000${d}${e}`;
  if (f === '4') return `${system}${a}${b}${c}${d}00000${e}`;
  return `${system}${a}${b}${c}${d}${e}0000${f}`;
}
const barcodes = pair(
  {
    fields: ['upc', 'barcode', 'scanCode', 'articleId'],
    value(random) {
      const payload = `${random.int(1, 9)}${random.digits(1)}${random.int(3, 9)}${random.int(1, 9)}${random.int(1, 9)}`;
      const code = payload + random.pick(['0', '1', '2', '3', '3', '4', '5', '7', '9']);
      const whole = (naive: boolean) => {
        const digits = upcPayload(code, '0', naive);
        return digits + gtinDigit(digits);
      };
      return shownJson(`0${code}${gtinDigit(upcPayload(code, '0', false))}`, whole(false), whole(true));
    },
  },
  {
    name: 'bb_upc_e_expanded',
    why: 'The eight digits of the short bar code stand for these twelve: the left-out zeros are put back where its last digit says.',
  },
  {
    name: 'bb_upc_e_ending_in_3_expanded_wrongly',
    why: 'Short codes ending in 3 are expanded like those ending in 0 to 2, which is the number of another article.',
    critical: true,
  },
);

const parcels = pair(
  {
    fields: ['dimensions', 'parcelSize', 'abmessungen', 'box'],
    value(random) {
      const [l, w, h] = [random.int(20, 120), random.int(15, 80), random.int(5, 90)];
      const modern = ([lengthMm, widthMm, heightMm]: readonly number[]) => ({
        upright: true,
        lengthMm: lengthMm! * 10,
        widthMm: widthMm! * 10,
        heightMm: heightMm! * 10,
      });
      const sorted = [l, w, h].sort((a, b) => b - a);
      return shownJson(`THIS SIDE UP L${l} W${w} H${h} cm`, modern([l, w, h]), modern(sorted));
    },
  },
  {
    name: 'bb_parcel_dimensions_in_millimetres',
    why: 'Length, width and height are the same in millimetres, and the parcel must still stand upright.',
  },
  {
    name: 'bb_parcel_dimensions_sorted_by_size',
    why: 'The measures are sorted by size, so the height of a parcel that must stand upright is given as another side.',
    critical: false,
  },
);

/** Colours of Visual Basic: &H00BBGGRR&. */
const colours = pair(
  {
    fields: ['labelColour', 'triageColor', 'wireColour', 'BackColor'],
    once: true,
    value(random) {
      const [r, g, b] = random.pick([
        ['FF', '00', '00'],
        ['00', '00', 'FF'],
        ['FF', 'CC', '00'],
        ['00', '80', '40'],
        ['80', '00', '80'],
        ['F4', 'A4', '60'],
        ['2E', '8B', '57'],
      ] as const);
      return shownJson(`&H00${b}${g}${r}&`, `#${r}${g}${b}`, `#${b}${g}${r}`);
    },
  },
  {
    name: 'bb_visual_basic_colour_as_css',
    why: 'Visual Basic writes blue, green, red; CSS writes red, green, blue; it is the same colour.',
  },
  {
    name: 'bb_visual_basic_colour_bytes_kept',
    why: 'The bytes are copied in the order of Visual Basic, so red labels become blue and blue ones red.',
    critical: false,
  },
);

export const families: readonly Family[] = [...promotions, ...barcodes, ...parcels, ...colours];
