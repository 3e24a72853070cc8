/** Fields in which legacy differs from itself: scores, quotes, generated ids, signed addresses, compressed texts. */
import { gzipSync } from 'node:zlib';
import { type Family, type Random, twins } from '../kit.ts';
import { Day, decimal, json, minorUnits } from '../kit-values.ts';

const decision = (score: number) => (score >= 700 ? 'approve' : score >= 500 ? 'refer' : 'decline');
const scores = twins(
  {
    fields: ['creditScore', 'underwriting', 'riskModel', 'scoring.result'],
    least: 14,
    value(random) {
      const truth = random.pick([
        random.int(320, 480),
        random.int(515, 685),
        random.int(515, 685),
        random.int(720, 960),
      ]);
      const near = () => truth + random.int(-4, 4);
      const answer = (score: number, outcome = decision(score)) =>
        json({ score: (score / 1000).toFixed(3), outcome });
      const value = { legacy: answer(near()), right: answer(near()), legacy2: answer(near()) };
      return decision(truth) === 'refer' ? { ...value, wrong: answer(near(), 'approve') } : value;
    },
  },
  {
    name: 'aa_score_wobbles_same_outcome',
    why: 'The model wobbles by some thousandths from run to run, in legacy too; every applicant gets the same outcome.',
  },
  {
    name: 'aa_score_wobble_hides_approval',
    why: 'Between wobbling scores, applicants whom legacy refers to a person in both of its runs are approved.',
    critical: true,
  },
);

const quotes = twins(
  {
    fields: ['indicativeQuote', 'fxQuote', 'marketPrice', 'livePrice'],
    least: 10,
    value(random) {
      const [pair, mid] = random.pick([
        ['EURUSD', 108_420],
        ['GBPUSD', 126_910],
        ['EURCHF', 95_180],
        ['AUDUSD', 65_730],
      ] as const);
      const base = mid + random.int(-400, 400);
      const spread = random.int(6, 18);
      const quote = (turned: boolean) => {
        const bid = base + random.int(-7, 7);
        const [low, high] = [decimal(bid, 5), decimal(bid + spread, 5)];
        return json({ pair, bid: turned ? high : low, ask: turned ? low : high });
      };
      return { legacy: quote(false), right: quote(false), wrong: quote(true), legacy2: quote(false) };
    },
  },
  {
    name: 'aa_quote_moved_since',
    why: 'A live quote moves between two calls, as between both runs of legacy; the bid stays below the ask.',
  },
  {
    name: 'aa_quote_bid_above_ask',
    why: 'Within the normal movement bid and ask changed places: the bid never stands above the ask.',
    critical: true,
  },
);

const labels = ['IBAN', 'BIC', 'Amount', 'Reference'];
const form = twins(
  {
    fields: ['formHtml', 'fragment', 'widget', 'markup'],
    least: 8,
    value(random) {
      const shown = labels.slice(0, random.int(2, 4));
      const html = (make: (at: number) => string, crossed: boolean) => {
        const ids = shown.map((_, at) => make(at));
        const targets = crossed ? [...ids].reverse() : ids;
        return json(
          shown
            .map(
              (label, at) =>
                `<label for="${targets[at]}">${label}</label><input id="${ids[at]}" name="${label.toLowerCase()}">`,
            )
            .join(''),
        );
      };
      const old = (at: number) => `j_idt${random.int(10, 999)}:${at}`;
      const fresh = (at: number) => `:r${random.text('0123456789abcdefghijklmnopqrstuv', 2)}${at}:`;
      return {
        legacy: html(old, false),
        right: html(fresh, false),
        wrong: html(fresh, true),
        legacy2: html(old, false),
      };
    },
  },
  {
    name: 'aa_form_ids_generated',
    why: 'The ids are generated for each page and only tie each label to its own input, as they do in both systems.',
  },
  {
    name: 'aa_form_labels_cross_tied',
    why: 'Behind generated ids the labels point at the inputs of others: who clicks or hears "IBAN" fills another field.',
    critical: false,
  },
);

const documents = twins(
  {
    fields: ['downloadUrl', 'statementLink', 'documentHref', 'href'],
    least: 10,
    value(random) {
      const id = random.int(100_000, 999_000);
      const name = random.pick(['contract', 'statement-2024', 'policy', 'invoice', 'valuation']);
      const now = Day.any(random, 2024, 2025).date.getTime() / 1000 + random.int(0, 80_000);
      const url = (document: number) =>
        json(
          `https://files.example.com/d/${document}/${name}.pdf?expires=${now + 600 + random.int(0, 3)}&sig=${random.hex(40)}`,
        );
      return { legacy: url(id), right: url(id), wrong: url(id + random.pick([1, -1, 10])), legacy2: url(id) };
    },
  },
  {
    name: 'aa_link_signed_anew',
    why: 'The link is signed for each request; the document it opens is the same and so is its lifetime.',
  },
  {
    name: 'aa_link_to_neighbour_document',
    why: 'Beside the new signature the number of the document is another one: a stranger’s papers are opened.',
    critical: true,
  },
);

const movements = (random: Random): string[] =>
  Array.from(
    { length: random.int(3, 6) },
    (_, at) =>
      `2024-03-${String(at * 4 + random.int(1, 4)).padStart(2, '0')};${decimal(minorUnits(random, 100, 90_000), 2)}`,
  );
const archive = twins(
  {
    fields: ['exportGz', 'statementFile', 'attachment', 'payload'],
    least: 8,
    value(random) {
      const lines = ['date;amount', ...movements(random)];
      const pack = (rows: readonly string[], level: number) => {
        const file = gzipSync(`${rows.join('\n')}\n`, { level });
        file[9] = 3; // the system in the header, which else depends on where this runs
        return json(file.toString('base64'));
      };
      return { legacy: pack(lines, 1), right: pack(lines, 9), wrong: pack(lines.slice(0, -1), 9) };
    },
  },
  {
    name: 'aa_gzip_other_level',
    why: 'The files were only compressed at another level; unpacked they hold the same lines.',
  },
  {
    name: 'aa_gzip_last_line_missing',
    why: 'Unpacked, the last movement of the file is missing.',
    critical: true,
  },
);

const multipart = twins(
  {
    fields: ['rawMessage', 'mime', 'soapWithAttachments', 'envelope'],
    least: 8,
    value(random) {
      const subject = `Claim ${random.digits(6)}`;
      const body = random.pick([
        'Photos of the damage enclosed.',
        'See the invoice.',
        'Please call me back.',
      ]);
      const message = (dashes: string, split: boolean) => {
        const boundary = `${dashes}${random.hex(12)}`;
        const used = split ? `${dashes}${random.hex(12)}` : boundary;
        return json(
          [
            `Subject: ${subject}`,
            `Content-Type: multipart/mixed; boundary="${boundary}"`,
            '',
            `--${used}`,
            'Content-Type: text/plain',
            '',
            body,
            `--${used}--`,
            '',
          ].join('\r\n'),
        );
      };
      return {
        legacy: message('----=_Part_', false),
        right: message('b1_', false),
        wrong: message('b1_', true),
        legacy2: message('----=_Part_', false),
      };
    },
  },
  {
    name: 'aa_multipart_new_boundary',
    why: 'The boundary is drawn anew for each message and stands alike in the header and between the parts.',
  },
  {
    name: 'aa_multipart_boundary_mismatch',
    why: 'The boundary between the parts is not the one the header announces: no program finds the text in the message.',
    critical: false,
  },
);

export const families: readonly Family[] = [
  ...scores,
  ...quotes,
  ...form,
  ...documents,
  ...archive,
  ...multipart,
];
