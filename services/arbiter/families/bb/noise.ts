/** Answers that legacy gives otherwise each time: new numbers, clocks, samples, ties, salts, cursors. */
import { Buffer } from 'node:buffer';
import type { Family, Random } from '../kit.ts';
import { json } from '../kit-values.ts';
import { harmlessOnly, pair } from './sized.ts';

const uuid = (random: Random) =>
  `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-${random.pick(['8', '9', 'a', 'b'])}${random.hex(3)}-${random.hex(12)}`;

/** Lines of a basket: their numbers are made anew, and they come in any order. */
const baskets = pair(
  {
    fields: ['lines', 'basket', 'items', 'positionen'],
    common: (random) => random.pick(['one less', 'missing'] as const),
    value(random, defect) {
      const skus = random
        .shuffled(['A-100', 'A-220', 'B-017', 'C-303', 'D-904', 'E-551'])
        .slice(0, random.int(2, 5));
      const lines = skus.map((sku) => ({ sku, qty: random.int(2, 9) }));
      const answer = (of: typeof lines) =>
        json(random.shuffled(of).map((line) => ({ lineId: uuid(random), ...line })));
      const broken =
        defect === 'missing'
          ? lines.slice(1)
          : lines.map((line, at) => (at === 0 ? { ...line, qty: line.qty - 1 } : line));
      return { legacy: answer(lines), right: answer(lines), wrong: answer(broken), legacy2: answer(lines) };
    },
  },
  {
    name: 'bb_basket_lines_renumbered_and_shuffled',
    why: 'Legacy itself numbers the lines anew and shuffles them; the articles and quantities are the same.',
  },
  {
    name: 'bb_basket_line_lost_among_new_numbers',
    why: 'Among new numbers and another order, an article is missing or one piece fewer is ordered, which legacy never does.',
    critical: true,
  },
);

/** Links that are signed anew for fifteen minutes. */
const links = pair(
  {
    fields: ['downloadUrl', 'link', 'href', 'documentLink'],
    common: (random) => random.pick(['other', 'unlimited'] as const),
    value(random, defect) {
      const now = random.int(1_700_000_000, 1_760_000_000);
      const document = random.int(10_000, 98_999);
      const url = (of: number, at: number, seconds: number) =>
        json(
          `https://files.example.org/policies/${of}.pdf?issued=${at}&expires=${at + seconds}&sig=${random.hex(40)}`,
        );
      const later = () => now + random.int(0, 4);
      const wrong =
        defect === 'other' ? url(document + 1, later(), 900) : url(document, later(), 315_360_000);
      return {
        legacy: url(document, now, 900),
        right: url(document, later(), 900),
        wrong,
        legacy2: url(document, later(), 900),
      };
    },
  },
  {
    name: 'bb_signed_link_signed_anew',
    why: 'The link leads to the same file for the same fifteen minutes; only the moment and the signature are new.',
  },
  {
    name: 'bb_signed_link_other_file_or_endless',
    why: "Among the noise of signatures the link leads to another customer's file, or is valid for ten years.",
    critical: true,
  },
);

/** Lists by points, in which equals come in any order. */
const rankings = pair(
  {
    fields: ['waitingList', 'ranking', 'priorityList', 'warteliste'],
    value(random) {
      const points = Array.from({ length: random.int(4, 7) }, () =>
        random.pick([45, 70, 85, 85, 90, 105, 105, 120, 130]),
      );
      const people = points.map((score, at) => ({
        applicant: `W-${random.int(100, 999)}${at}`,
        points: score,
      }));
      const by = (compare: (a: number, b: number) => number) =>
        json(random.shuffled(people).sort((a, b) => compare(a.points, b.points)));
      const numeric = () => by((a, b) => b - a);
      const [legacy, legacy2, right] = [numeric(), numeric(), numeric()];
      const digits = new Set(points.map((score) => String(score).length));
      const wrong = by((a, b) => (String(a) < String(b) ? 1 : String(a) > String(b) ? -1 : 0));
      return digits.size > 1 ? { legacy, right, wrong, legacy2 } : { legacy, right, legacy2 };
    },
  },
  {
    name: 'bb_ranking_ties_in_any_order',
    why: 'Only applicants with the same points change places, as they do between two answers of legacy.',
  },
  {
    name: 'bb_ranking_points_sorted_as_text',
    why: 'Points are sorted as texts, so 90 stands before 120 and people lose their place on the list.',
    critical: true,
  },
);

const bcryptLetters = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const salted = pair(
  {
    fields: ['passwordHash', 'secret', 'pinHash', 'cred'],
    common: (random) => random.pick(['10', '11', '12']),
    value(random, cost) {
      const hash = (variant: string, rounds: string) =>
        json(`$${variant}$${rounds}$${random.text(bcryptLetters, 53)}`);
      return {
        legacy: hash('2a', cost),
        right: hash('2b', cost),
        wrong: hash('2b', '04'),
        legacy2: hash('2a', cost),
      };
    },
  },
  {
    name: 'bb_bcrypt_salted_anew',
    why: 'Each hash has a salt of its own; the cost is the same, and 2a and 2b verify the same passwords.',
  },
  {
    name: 'bb_bcrypt_cost_lowered',
    why: 'Among hashes that are new each time the cost has sunk to 04, so stolen passwords are guessed in no time.',
    critical: true,
  },
);

/** Six digits by telephone. */
const codes = pair(
  {
    fields: ['otp', 'oneTimeCode', 'tan', 'verification'],
    value(random) {
      const code = () =>
        random.chance(0.25) ? `0${random.digits(5)}` : `${random.int(1, 9)}${random.digits(5)}`;
      const right = code();
      const short = String(Number(right));
      const both = { legacy: json(code()), right: json(right), legacy2: json(code()) };
      return short.length === 6 ? both : { ...both, wrong: json(short) };
    },
  },
  {
    name: 'bb_one_time_code_made_anew',
    why: 'A one-time code is another one each time; it always has six digits.',
  },
  {
    name: 'bb_one_time_code_leading_zero_lost',
    why: 'Some codes have five digits or fewer, as their leading zero is lost, and the form asks for six: these people are locked out.',
    critical: true,
  },
);

/** The client's key must come back; the number of the trace is new each time. */
const echoes = pair(
  {
    fields: ['receipt', 'ack', 'responseHeader', 'quittung'],
    value(random) {
      const key = uuid(random);
      const amount = `${random.int(5, 900)}.${random.digits(2)}`;
      const answer = (idempotencyKey: string) =>
        json({ idempotencyKey, traceId: random.hex(32), amount, accepted: true });
      return { legacy: answer(key), right: answer(key), wrong: answer(uuid(random)), legacy2: answer(key) };
    },
  },
  {
    name: 'bb_receipt_new_trace_same_key',
    why: 'Only the number of the trace is new, as in every answer of legacy; the key that the client sent comes back.',
  },
  {
    name: 'bb_receipt_new_key_each_time',
    why: 'The key that legacy gives back unchanged is made anew, so a repeated payment is not recognised and is made twice.',
    critical: true,
  },
);

/** Films drawn by lot among those that the viewer is old enough for. */
const films = [
  ['Paddington', 0], ['Moana', 0], ['Ice Age', 0], ['Matilda', 6], ['Jumanji', 12], ['Titanic', 12], ['Gladiator', 16],
  ['Alien', 16], ['Saw', 18], ['Hostel', 18],
] as const; // biome-ignore format: a table
const offers = pair(
  {
    fields: ['suggestions', 'empfehlungen', 'carousel', 'offers'],
    value(random) {
      const age = random.int(6, 15);
      const fit = films.filter(([, from]) => from <= age);
      const unfit = films.filter(([, from]) => from > age);
      const answer = (of: readonly (readonly [string, number])[]) =>
        json({
          viewerAge: age,
          titles: random.shuffled(of).map(([title, from]) => ({ title, ratedFrom: from })),
        });
      const draw = () => random.shuffled(fit).slice(0, 3);
      return {
        legacy: answer(draw()),
        right: answer(draw()),
        wrong: answer([...draw().slice(1), random.pick(unfit)]),
        legacy2: answer(draw()),
      };
    },
  },
  {
    name: 'bb_suggestions_drawn_anew',
    why: 'The suggestions are drawn by lot each time, always among titles that are rated for the age of the viewer.',
  },
  {
    name: 'bb_suggestions_above_viewers_age',
    why: 'Among suggestions that are drawn by lot there are titles rated above the age of the viewer, a child, as never in legacy.',
    critical: true,
  },
);

/** Charges in any order, of which some are alike. */
const charges = pair(
  {
    fields: ['charges', 'fees', 'tollPassages', 'leistungen'],
    value(random) {
      const kinds = random.shuffled([
        'TOLL 2.40',
        'TOLL 3.10',
        'PARKING 4.00',
        'FERRY 12.50',
        'CITY TAX 1.80',
      ]);
      const charged = kinds
        .slice(0, random.int(2, 3))
        .flatMap((kind) => Array.from({ length: random.pick([1, 1, 2, 3]) }, () => kind));
      const answer = (of: readonly string[]) => json(random.shuffled(of));
      const once = [...new Set(charged)];
      const both = { legacy: answer(charged), right: answer(charged), legacy2: answer(charged) };
      return once.length === charged.length ? both : { ...both, wrong: answer(once) };
    },
  },
  {
    name: 'bb_charges_in_any_order',
    why: 'The same charges, each as often as in legacy, come in another order, as they do between two answers of legacy.',
  },
  {
    name: 'bb_charges_alike_counted_once',
    why: 'Charges that are alike are taken for one, so a customer who passed the toll three times pays it once.',
    critical: true,
  },
);

/** A refrigerator for vaccines, measured at each question. */
const fridges = pair(
  {
    fields: ['temperature', 'probe', 'coldChain', 'messwert'],
    least: 20,
    always: true,
    common: (random) => random.pick([16, -17, 21]),
    value(random, offset) {
      const tenths = random.int(24, 74);
      const read = (bias: number) => json(Number(((tenths + bias + random.int(-2, 2)) / 10).toFixed(1)));
      return { legacy: read(0), right: read(0), wrong: read(offset), legacy2: read(0) };
    },
  },
  {
    name: 'bb_fridge_measured_again',
    why: 'Measurements differ by a few tenths in both directions, just as two measurements of legacy do.',
  },
  {
    name: 'bb_fridge_measured_with_offset',
    why: 'All measurements lie about two degrees off in the same direction, many times the noise of legacy: vaccines spoil unnoticed.',
    critical: true,
  },
);

/** Opaque to clients: where the next page begins. */
const cursors = pair(
  {
    fields: ['next', 'cursor', 'continuation', 'pageToken'],
    value(random) {
      const size = random.pick([20, 25, 50]);
      const offset = size * random.int(1, 40);
      const at = random.int(1_700_000_000, 1_760_000_000);
      const cursor = (from: number, when: number) =>
        json(Buffer.from(JSON.stringify({ offset: from, size, at: when })).toString('base64'));
      const later = () => at + random.int(1, 5);
      return {
        legacy: cursor(offset, at),
        right: cursor(offset, later()),
        wrong: cursor(offset + 1, later()),
        legacy2: cursor(offset, later()),
      };
    },
  },
  {
    name: 'bb_cursor_with_new_moment',
    why: 'Inside the Base64 only the moment of the answer differs; the next page begins at the same record.',
  },
  {
    name: 'bb_cursor_skips_a_record',
    why: 'Inside the Base64 the next page begins one record too late, so one record of each page is never seen.',
    critical: false,
  },
);

const nonces = harmlessOnly(
  {
    fields: ['csp', 'contentSecurityPolicy', 'hdr_csp'],
    value(random) {
      const directives = [
        "default-src 'self'",
        "object-src 'none'",
        "frame-ancestors 'none'",
        'img-src https:',
      ];
      const policy = (order: readonly string[]) =>
        json([...order, `script-src 'nonce-${Buffer.from(random.hex(12)).toString('base64')}'`].join('; '));
      return {
        legacy: policy(directives),
        right: policy([...directives].reverse()),
        legacy2: policy(directives),
      };
    },
  },
  {
    name: 'bb_security_policy_new_nonce',
    why: 'The nonce must be new in each answer, and the order of the directives means nothing; all of them are there.',
  },
);

export const families: readonly Family[] = [
  ...baskets,
  ...links,
  ...rankings,
  ...salted,
  ...codes,
  ...echoes,
  ...offers,
  ...charges,
  ...fridges,
  ...cursors,
  nonces,
];
