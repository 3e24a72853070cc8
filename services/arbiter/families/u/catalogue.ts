/** Catalogue of a university library: books, authors, shelves. */
import { gtinDigit, isbn10Digit } from '../check-digits.ts';
import { twins } from '../kit.ts';
import { json } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const authors = [
  ['Kernighan', 'Brian'],
  ['Ritchie', 'Dennis'],
  ['Knuth', 'Donald'],
  ['Woolf', 'Virginia'],
  ['Eco', 'Umberto'],
  ['Arendt', 'Hannah'],
  ['Curie', 'Marie'],
] as const;

export const families = [
  ...twins(
    {
      fields: ['isbn', 'standardNumber', 'bookNumber'],
      once: true,
      least: 2,
      value(random) {
        const base = `${random.pick(['0306', '0201', '3540', '0387', '2070'])}${random.digits(5)}`;
        const old = `${base}${isbn10Digit(base)}`;
        return shownJson(old, `978${base}${gtinDigit(`978${base}`)}`, `978${old}`);
      },
    },
    {
      name: 'u_isbn_thirteen',
      why: 'The thirteen digits of the same book: 978 in front and the check digit computed anew.',
    },
    {
      name: 'u_isbn_old_check_digit_kept',
      critical: false,
      why: '978 stands before the old number with its old check digit, which is no valid number of any book.',
    },
  ),
  ...twins(
    {
      fields: ['authors', 'creators', 'statementOfResponsibility'],
      value(random) {
        const [one, two] = random.shuffled(authors);
        const person = (family: string, given: string) => ({ family, given });
        return shownJson(
          `${one![0]}, ${one![1]}; ${two![0]}, ${two![1]}`,
          [person(one![0], one![1]), person(two![0], two![1])],
          [person(one![0], two![1]), person(two![0], one![1])],
        );
      },
    },
    {
      name: 'u_authors_to_persons',
      why: 'Both authors in their order, surname and given name of each in members.',
    },
    {
      name: 'u_authors_given_names_crossed',
      critical: false,
      why: 'The given name of one author stands with the surname of the other.',
    },
  ),
  ...twins(
    {
      fields: ['shelfmark', 'callNumber', 'signatur'],
      value(random) {
        const whole = random.pick(['005', '006', '025', '070', '096']);
        const [rest, cutter] = [
          random.pick(['133', '74', '10', '6', '452']),
          random.pick(['KER', 'WOO', 'ECO', 'ARE']),
        ];
        const mark = (dewey: string) => ({ dewey, cutter });
        return shownJson(
          `${whole}.${rest} ${cutter}`,
          mark(`${whole}.${rest}`),
          mark(`${Number(whole)}.${rest}`),
        );
      },
    },
    {
      name: 'u_shelfmark_parts',
      why: 'Dewey class and letters of the author, taken apart with all their digits.',
    },
    {
      name: 'u_shelfmark_class_as_number',
      critical: false,
      why: 'The class was read as a number and lost its leading zeros; 5.133 stands on no shelf.',
    },
  ),
  ...twins(
    {
      fields: ['title', 'bookTitle', 'courseTitle'],
      least: 2,
      value(random) {
        const [one, other] = random.pick([
          ['Crime', 'Punishment'],
          ['Law', 'Society'],
          ['War', 'Peace'],
          ['Pride', 'Prejudice'],
          ['Sound', 'Vision'],
        ] as const);
        return shownJson(`${one} &amp; ${other}`, `${one} & ${other}`, `${one} `);
      },
    },
    {
      name: 'u_title_entity_decoded',
      why: '&amp; is how HTML writes the sign &; the rewrite shows the sign itself.',
    },
    {
      name: 'u_title_cut_at_ampersand',
      critical: false,
      why: 'Titles end before their ampersand and lost the second half.',
    },
  ),
  ...twins(
    {
      fields: ['moduleCode', 'roomNumber', 'shelf'],
      least: 3,
      value(random) {
        if (random.chance(0.6)) {
          const room = `${random.int(1, 6)}${random.pick(['A', 'B', 'C', 'D'])}${random.int(1, 9)}`;
          return { legacy: json(room.padEnd(8)), right: json(room) };
        }
        const [first, last] = [random.int(1, 6), random.int(1, 9)];
        const room = `${first}E${last}`;
        return { legacy: json(room.padEnd(8)), right: json(room), wrong: String(first * 10 ** last) };
      },
    },
    { name: 'u_room_unpadded', why: 'The same codes without the blanks that fill the column.' },
    {
      name: 'u_room_read_as_power_of_ten',
      critical: false,
      why: 'Codes with an E between digits were read as powers of ten: 2E3 became 2000.',
    },
  ),
];
