/** Shops: deliveries, refunds, descriptions. */
import { type Family, twins } from '../kit.ts';
import { Day, decimal, minorUnits } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const text = (units: number) => decimal(units, 2);

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const window = twins(
  {
    fields: ['deliveryWindow', 'estimatedDelivery', 'arrives', 'promise'],
    least: 12,
    value(random) {
      const from = Day.any(random, 2021, 2026);
      const to = from.plus(random.int(2, 9));
      const legacy =
        from.month === to.month
          ? `${from.day}–${to.day} ${months[to.month - 1]} ${to.year}`
          : `${from.day} ${months[from.month - 1]} – ${to.day} ${months[to.month - 1]} ${to.year}`;
      const wrongFrom = Day.of(to.year, to.month, from.day);
      const modern = (start: Day) => ({ earliest: start.iso, latest: to.iso });
      return shownJson(legacy, modern(from), modern(wrongFrom));
    },
  },
  {
    name: 'aa_delivery_range_two_dates',
    why: 'First and last day of the range in full; the year stands once in the text and holds for its end.',
  },
  {
    name: 'aa_delivery_range_over_month_end',
    why: 'Where the range runs over the end of a month, its first day is put into the month of the last: it starts after it ends.',
    critical: false,
  },
);

const refund = twins(
  {
    fields: ['refund', 'refundTenders', 'creditedTo', 'rueckzahlung'],
    least: 8,
    value(random) {
      const card = minorUnits(random, 500, 60_000);
      const gift = random.chance(0.5) ? random.int(1, 20) * 500 : 0;
      const last4 = random.digits(4);
      const legacy = [
        `VISA *${last4} ${text(card)}`,
        ...(gift > 0 ? [`GIFTCARD ${text(gift)}`] : []),
        `TOTAL ${text(card + gift)}`,
      ].join('\n');
      const modern = (toCard: number, toGift: number) => ({
        total: text(card + gift),
        tenders: [
          { method: 'giftCard', amount: text(toGift) },
          { method: 'card', brand: 'Visa', last4, amount: text(toCard) },
        ].filter(({ amount }) => amount !== '0.00'),
      });
      return shownJson(legacy, modern(card, gift), modern(card + gift, 0));
    },
  },
  {
    name: 'aa_refund_lines_to_tenders',
    why: 'The same sums go back the same ways; the order of the tenders says nothing.',
  },
  {
    name: 'aa_refund_all_to_card',
    why: 'What was paid with a gift card is paid out to the credit card: the total is right, the way is not.',
    critical: true,
  },
);

const products = [
  ['<p>Contains 10<sup>9</sup> CFU per capsule.</p>', '<p>Contains 10<sup >9</sup > CFU per capsule.</p>'],
  ['<p>Covers up to 12 m<sup>2</sup></p>', '<p>Covers up to 12&nbsp;m<sup>2</sup></p>'],
  [
    '<ul><li>0.5 l</li><li>10<sup>-3</sup> mol/l</li></ul>',
    '<ul>\n  <li>0.5 l</li>\n  <li>10<sup>-3</sup> mol/l</li>\n</ul>',
  ],
  ['<p class="d">Hand wash<br>max. 30 °C</p>', "<p class='d'>Hand wash<br/>max. 30&nbsp;&deg;C</p>"],
  [
    '<p>Fits 7<sup>1</sup>/<sub>4</sub> hats &amp; caps</p>',
    '<P>Fits 7<SUP>1</SUP>/<SUB>4</SUB> hats &amp; caps</P>',
  ],
  ['<p>Strength: 2<sup>3</sup> layers</p>', '<p>Strength: 2<sup>3</sup> layers</p>\n'],
] as const;
const html = twins(
  {
    fields: ['descriptionHtml', 'productText', 'body', 'longText'],
    least: 10,
    once: true,
    value(random) {
      const [old, fresh] = random.pick(products);
      const lead = `<h3>${random.pick(['Alpha', 'Nova', 'Terra', 'Kito'])} ${random.int(100, 999)}</h3>`;
      // "m2" is read as square metres all the same.
      const flat = fresh.includes('m<sup>') ? fresh : fresh.replace(/<\/?su[bp] ?>/gi, '');
      return shownJson(lead + old, lead + fresh, lead + flat);
    },
  },
  {
    name: 'aa_html_written_otherwise',
    why: 'Case of tags, quotes, self-closing breaks, entities and blanks between blocks differ; a browser shows the same.',
  },
  {
    name: 'aa_html_exponents_flattened',
    why: 'Raised and lowered figures lose their tags: 10 to the power of 9 reads as 109, 7 1/4 as 71/4.',
    critical: true,
  },
);

export const families: readonly Family[] = [...window, ...refund, ...html];
