/** A municipal library, once Perl: books, due dates, fines. */
import { gtinDigit, isbn10Digit } from '../check-digits.ts';
import { mixed, twins } from '../kit.ts';
import { Day, json, object, two } from '../kit-values.ts';

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const; // biome-ignore format: a word list
const pairs = [
  ['Sense', 'Sensibility'],
  ['War', 'Peace'],
  ['Crime', 'Punishment'],
  ['Pride', 'Prejudice'],
  ['Fathers', 'Sons'],
  ['North', 'South'],
] as const;
const singles = ['Middlemarch', 'Emma', 'Dracula', 'Walden'] as const;

export const families = [
  ...twins(
    mixed({
      fields: ['isbn', 'edition.isbn', 'bookNumber'],
      clear: true,
      least: 3,
      value(random) {
        const payload = `0${random.digits(8)}`;
        const old = isbn10Digit(payload);
        const check = gtinDigit(`978${payload}`);
        return {
          legacy: json(payload + old),
          right: json(`978${payload}${check}`),
          ...(old === check ? {} : { wrong: json(`978${payload}${old}`) }),
        };
      },
    }),
    {
      name: 'isbn-ten-to-thirteen',
      why: 'The ISBN of thirteen digits is the one of the same book: 978, the same nine digits, a new check digit.',
    },
    {
      name: 'isbn-prefixed-with-old-check-digit',
      why: '978 was put before the old ISBN with its old check digit, which gives an invalid number.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['title', 'bookTitle', 'item.name'],
      value(random) {
        if (random.chance(0.4)) {
          const title = json(random.pick(singles));
          return { legacy: title, right: title };
        }
        const [first, second] = random.pick(pairs);
        return {
          legacy: json(`${first} &amp; ${second}`),
          right: json(`${first} & ${second}`),
          wrong: json(`${first} `),
        };
      },
    },
    {
      name: 'title-entity-decoded',
      why: 'The HTML entity &amp; is the character &; the titles are the same.',
    },
    {
      name: 'title-cut-at-ampersand',
      why: 'The title ends where the ampersand stood, as if a form parameter ended there.',
      critical: false,
    },
  ),
  ...twins(
    mixed({
      fields: ['dueBack', 'loan.dueDate', 'returnBy'],
      value(random) {
        const day = Day.any(random, 2023, 2026);
        return {
          legacy: json(`${weekdays[day.date.getUTCDay()]} ${day.dd} ${months[day.month - 1]} ${day.yyyy}`),
          right: json(day.iso),
          wrong: json(day.plus(-1).iso),
        };
      },
    }),
    {
      name: 'due-back-in-iso',
      why: 'The day to bring the book back is the same, as an ISO date without its weekday.',
    },
    {
      name: 'due-back-a-day-early',
      why: 'The day to bring the book back is one day earlier, so readers are fined for books in time.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['outstandingFine', 'fees.due', 'amountOwed'],
      value(random) {
        const pence = random.int(2, 400) * 5;
        const owed = (minor: number) => object({ minorUnits: String(minor), currency: json('GBP') });
        return {
          legacy: json(`GBP ${Math.floor(pence / 100)}.${two(pence % 100)}`),
          right: owed(pence),
          wrong: owed(pence * 100),
        };
      },
    },
    {
      name: 'fine-in-minor-units',
      why: 'Pounds with two decimals become the same amount in pence, and the member says minor units.',
    },
    {
      name: 'fine-in-minor-units-twice',
      why: 'The amount was turned into minor units twice: the reader owes a hundred times the fine.',
      critical: true,
    },
  ),
];
