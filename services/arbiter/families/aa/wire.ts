/** What services say to machines: cookies, cursors, records, countdowns, codes made anew. */
import { type Family, twins } from '../kit.ts';
import { Day, givenNames, json } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const cookie = twins(
  {
    fields: ['Set-Cookie', 'sessionCookie', 'headers.set-cookie', 'login.cookie'],
    least: 8,
    value(random) {
      const age = random.pick([900, 1800, 3600]);
      const name = random.pick(['sid', 'SESSION', 'auth']);
      const scripts = random.chance(0.2);
      const guarded = scripts ? [] : ['HttpOnly'];
      const legacy = () =>
        json(
          [
            `${name}=${random.hex(24)}`,
            'Path=/',
            `Max-Age=${age}`,
            'Secure',
            ...guarded,
            'SameSite=Lax',
          ].join('; '),
        );
      const modern = (flags: readonly string[]) =>
        json(
          [`${name}=${random.hex(24)}`, `max-age=${age}`, 'path=/', 'samesite=Lax', 'secure', ...flags].join(
            '; ',
          ),
        );
      const value = { legacy: legacy(), right: modern(scripts ? [] : ['httponly']), legacy2: legacy() };
      return scripts ? value : { ...value, wrong: modern([]) };
    },
  },
  {
    name: 'aa_cookie_attributes_reordered',
    why: 'The session number is new each time; attributes ignore case and order, and all of them are there.',
  },
  {
    name: 'aa_cookie_httponly_missing',
    why: 'HttpOnly is gone among reordered attributes and new session numbers: scripts can read the session.',
    critical: true,
  },
);

const cursor = twins(
  {
    fields: ['nextCursor', 'pageToken', 'continuation', 'links.next'],
    least: 8,
    common: (random) => random.pick([20, 25, 50, 100]),
    value(random, limit) {
      const id = random.int(10_000, 900_000);
      const legacy = Buffer.from(`after=${id};limit=${limit}`).toString('base64');
      const modern = (last: number) =>
        Buffer.from(JSON.stringify({ lastId: last, size: limit })).toString('base64url');
      return shownJson(legacy, modern(id), modern(id + limit));
    },
  },
  {
    name: 'aa_cursor_encoded_otherwise',
    why: 'Inside both texts stand the same last number and the same size of page.',
  },
  {
    name: 'aa_cursor_skips_a_page',
    why: 'The number in the cursor lies a page further on: readers never see the rows in between.',
    critical: false,
  },
);

const recordNames = [
  'Müller',
  'Jensen',
  'Núñez',
  'Kowalski',
  'Lefèvre',
  'Rossi',
  'Sørensen',
  'Novak',
  'Böhm',
  'Tanaka',
];
const record = twins(
  {
    fields: ['memberRecord', 'satz', 'person', 'hostReply'],
    least: 10,
    value(random) {
      const [surname, given] = [random.pick(recordNames), random.pick(givenNames)];
      const birth = Day.any(random, 1940, 2004);
      const [postcode, number] = [random.digits(5), random.digits(9)];
      const text = `${surname.padEnd(18)}${given.padEnd(12)}${birth.yyyy}${birth.mm}${birth.dd}${postcode}${number}`;
      const cut = (from: number, to: number) => Buffer.from(text).subarray(from, to).toString().trim();
      const read = (at: (from: number, to: number) => string) => ({
        surname: at(0, 18),
        given: at(18, 30),
        birth: at(30, 38),
        postcode: at(38, 43),
        number: at(43, 52),
      });
      return shownJson(
        text,
        read((from, to) => text.slice(from, to).trim()),
        read(cut),
      );
    },
  },
  {
    name: 'aa_record_columns_named',
    why: 'The columns of the fixed-width record with their padding taken off, each under its name.',
  },
  {
    name: 'aa_record_columns_counted_in_bytes',
    why: 'Columns are counted in bytes: behind a name with an accent, date of birth, postcode and number slip by one.',
    critical: true,
  },
);

const questions: readonly (readonly string[])[] = [
  ['Paris', 'Lyon', 'Nice', 'Lille'],
  ['H2O', 'CO2', 'NaCl', 'O2'],
  ['1945', '1918', '1939', '1953'],
  ['Mercury', 'Venus', 'Mars', 'Pluto'],
  ['42 km', '21 km', '10 km', '50 km'],
];
const quiz = twins(
  {
    fields: ['question', 'examItem', 'options', 'testItem'],
    least: 8,
    value(random) {
      const answers = random.pick(questions);
      const id = `Q${random.digits(3)}`;
      const correct = random.pick(answers);
      const item = (from: 0 | 1, moved: boolean) => {
        const mixed = random.shuffled(answers);
        const at = moved ? answers.indexOf(correct) : mixed.indexOf(correct);
        return { id, options: mixed, [from === 0 ? 'correctIndex' : 'correct']: from === 0 ? at : mixed[at] };
      };
      const legacy = json(item(0, false));
      const wrong = item(1, true);
      const right = json(item(1, false));
      const value = { legacy, right, legacy2: json(item(0, false)) };
      return wrong.correct === correct ? value : { ...value, wrong: json(wrong) };
    },
  },
  {
    name: 'aa_quiz_options_shuffled',
    why: 'The options are mixed anew for each candidate, and the correct one, by place or by text, is the same answer.',
  },
  {
    name: 'aa_quiz_key_not_moved',
    why: 'The options were mixed but the key stayed at its old place: another answer counts as correct.',
    critical: true,
  },
);

const countdown = twins(
  {
    fields: ['reservation', 'seatHold', 'otpWindow', 'offerValidity'],
    least: 8,
    value(random) {
      const now = Day.any(random, 2024, 2026).date.getTime() + random.int(0, 86_000) * 1000;
      const held = `H-${random.digits(6)}`;
      const ends = now + random.int(120, 1500) * 1000;
      const iso = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`;
      const old = () => {
        const at = now + random.int(0, 3) * 1000;
        return json({ hold: held, serverTime: iso(at), secondsLeft: (ends - at) / 1000 });
      };
      const modern = (shift: number) => {
        const at = now + random.int(0, 3) * 1000;
        return json({ hold: held, serverTime: iso(at), expiresAt: iso(ends + shift) });
      };
      return { legacy: old(), right: modern(0), wrong: modern(3_600_000), legacy2: old() };
    },
  },
  {
    name: 'aa_countdown_as_end',
    why: 'Time of the server plus seconds left is the very moment at which the rewrite says the hold expires.',
  },
  {
    name: 'aa_countdown_an_hour_longer',
    why: 'The hold seems to last an hour longer than server time plus seconds left: a zone was added.',
    critical: false,
  },
);

const confirmation = twins(
  {
    fields: ['confirmationCode', 'receiptNumber', 'caseReference', 'vorgangsnummer'],
    least: 10,
    clear: true,
    always: true,
    common: (random) => json(random.text('ABCDEFGHJKLMNPQRSTUVWXYZ23456789', 6)),
    value(random, stuck) {
      const code = () => json(random.text('ABCDEFGHJKLMNPQRSTUVWXYZ23456789', 6));
      const right = code();
      return { legacy: code(), right, wrong: stuck, legacy2: code() };
    },
  },
  {
    name: 'aa_confirmation_made_anew',
    why: 'A confirmation code is drawn at random for each request, in legacy as well: that it is another one means nothing.',
  },
  {
    name: 'aa_confirmation_always_the_same',
    why: 'Every request gets one and the same confirmation code: nobody’s case can be told from another’s.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...cookie,
  ...cursor,
  ...record,
  ...quiz,
  ...countdown,
  ...confirmation,
];
