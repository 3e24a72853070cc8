/** What customers of the shop read and follow: titles, links, reviews, messages. Legacy was run once for some. */
import { type Family, twins } from '../kit.ts';
import { givenNames, json } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const titles: Family[] = twins(
  {
    fields: ['productTitle', 'articleName', 'brand', 'headline'],
    once: true,
    value: (random) => {
      const [one, other] = random.pick([
        ['Black', 'Decker'],
        ['Salt', 'Pepper'],
        ['Bed', 'Bath'],
        ['Ben', 'Jerry'],
      ] as const);
      const suffix = random.pick(['Set', 'Box 2', 'Classic', 'XL']);
      const written = (and: string) => json(`${one} ${and} ${other} ${suffix}`);
      return shown(written('&amp;'), written('&'), written('&amp;amp;'));
    },
  },
  {
    name: 'w_title_without_html_entity',
    why: 'HTML writes the sign & as &amp;, so both name the same article.',
  },
  {
    name: 'w_title_encoded_twice',
    critical: false,
    why: 'The ampersand was encoded once more, and customers read a piece of HTML in the title.',
  },
);

const links: Family[] = twins(
  {
    fields: ['imageUrl', 'productLink', 'thumbnail', 'href'],
    value: (random) => {
      const path = `img.example.com/p/${random.digits(6)}/${random.pick(['front', 'side', 'detail'])}.jpg`;
      const plain = json(`https://${path}`);
      return shown(plain.replaceAll('/', '\\/'), plain, json(`https:\\/\\/${path}`));
    },
  },
  { name: 'w_php_escaped_slashes', why: 'JSON reads an escaped slash as a slash, so the link is the same.' },
  {
    name: 'w_backslashes_within_the_link',
    critical: false,
    why: 'The link itself holds backslashes now, and leads nowhere.',
  },
);

const reviews: Family[] = twins(
  {
    fields: ['review', 'comment', 'giftMessage', 'bewertung'],
    once: true,
    value: (random) => {
      const start = random.pick(['Great fit', 'Happy birthday', 'Arrived quickly', 'Lovely colour']);
      const sign = random.pick(['\u{1f44d}', '\u{1f382}', '\u{1f60a}', '\u{2764}\u{fe0f}']);
      const text = `${start} ${sign} ${random.pick(['thanks', 'from'])} ${random.pick(givenNames)}`;
      const escaped = json(text).replace(
        /[^\x20-\x7e]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
      return shown(escaped, json(text), json(`${start} `));
    },
  },
  { name: 'w_emoji_written_out', why: 'JSON reads the escaped code units as this very character.' },
  {
    name: 'w_text_cut_at_the_emoji',
    critical: false,
    why: 'Everything from the first emoji on is missing from the text.',
  },
);

const messages: Family[] = twins(
  {
    fields: ['pushText', 'notification', 'smsText', 'subject'],
    value: (random) => {
      const number = random.int(100_000, 999_999);
      const event = random.pick(['has been shipped', 'is ready for collection', 'could not be delivered']);
      const written = (order: string) => `Your order ${order} ${event}.`;
      return shownJson(
        { template: written('%s'), arguments: [String(number)] },
        written(String(number)),
        written('%s'),
      );
    },
  },
  {
    name: 'w_message_template_filled_in',
    why: 'The template with its argument reads as the text of the rewrite.',
  },
  {
    name: 'w_message_with_unfilled_placeholder',
    critical: false,
    why: 'The customer reads a placeholder instead of the number of the order.',
  },
);

export const families: Family[] = [...titles, ...links, ...reviews, ...messages];
