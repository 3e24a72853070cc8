/** Same facts in another structure: tables, rules, rankings, questions, nested members. */
import { Day, decimal, givenNames, json, list, minorUnits, object, surnames } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { broken, only, pair, some } from './domain.ts';

const empty = pair(
  ['GET /accounts/{id}/settings', 'GET /contracts/{id}/limits', 'GET /cards/{id}/profile'],
  {
    fields: ['settings', 'limits', 'profile'],
    value(random) {
      const members = Object.entries({
        overdraftLimit: random.pick([0, 0, 250, 500]),
        contactless: random.chance(0.5),
        nickname: random.pick([null, null, 'holiday', 'rent']),
        freeTransfers: random.pick([0, 3, 10]),
        paperStatements: random.chance(0.5),
        closedOn: random.pick([null, null, null, Day.any(random, 2024, 2026).iso]),
      });
      const kept = (keep: (value: unknown) => boolean) =>
        Object.fromEntries(members.filter(([, value]) => keep(value)));
      return shownJson(
        Object.fromEntries(members),
        kept((value) => value !== null),
        kept(Boolean),
      );
    },
  },
  {
    name: 'dd_null_members_left_out',
    why: 'Only members that say null are left out; zeros and false, which are facts, stay.',
  },
  {
    name: 'dd_zero_and_false_left_out',
    why: 'Not only null but also 0 and false are left out, so a limit of nothing looks like no limit.',
    critical: true,
  },
);

const columns = pair(
  ['GET /accounts/{id}/statement', 'POST /statements/search', 'GET /loans/{id}/schedule'],
  {
    fields: ['statement', 'table', 'bookings'],
    value(random) {
      let [day, balance] = [Day.any(random, 2023, 2026), minorUnits(random, 10_000, 900_000)];
      const rows = Array.from({ length: random.int(3, 6) }, () => {
        day = day.plus(random.int(1, 9));
        const amount = minorUnits(random, 100, 40_000) * random.pick([-1, 1]);
        balance += amount;
        return { date: json(day.iso), amount: json(decimal(amount, 2)), balance: json(decimal(balance, 2)) };
      });
      const legacy = object({
        columns: json(['date', 'amount', 'balance']),
        rows: list(rows.map((row) => list([row.date, row.amount, row.balance]))),
      });
      const amounts = rows.map((row) => row.amount);
      const byColumn = (amount: readonly string[]) =>
        object({
          date: list(rows.map((row) => row.date)),
          amount: list(amount),
          balance: list(rows.map((row) => row.balance)),
        });
      return shown(legacy, byColumn(amounts), byColumn([...amounts.slice(1), amounts[0]!]));
    },
  },
  {
    name: 'dd_statement_column_by_column',
    why: 'The table is given column by column instead of row by row; the nth entries together are the nth row.',
  },
  {
    name: 'dd_statement_column_slipped',
    why: 'The column of amounts slipped by one row, so amounts stand at the wrong dates and do not explain the balances.',
    critical: true,
  },
);

const facts = ['resident', 'age65', 'disabled', 'student', 'carer', 'lowIncome', 'veteran'];
const rule = pair(
  ['GET /benefits/{code}/rules', 'POST /eligibility/check', 'GET /tariffs/{code}/conditions'],
  {
    fields: ['eligibility', 'condition', 'expr'],
    value(random) {
      const [a, b, c] = some(random, facts, 3);
      const kind = random.int(0, 2);
      if (kind === 0)
        return shownJson(
          `${a} AND (${b} OR ${c})`,
          { all: [a, { any: [b, c] }] },
          { any: [{ all: [a, b] }, c] },
        );
      if (kind === 1)
        return { legacy: json(`${a} AND ${b} OR ${c}`), right: json({ any: [{ all: [a, b] }, c] }) };
      return shownJson(
        `(${a} OR ${b}) AND ${c}`,
        { all: [{ any: [a, b] }, c] },
        { any: [a, { all: [b, c] }] },
      );
    },
  },
  {
    name: 'dd_rule_as_tree',
    why: 'The tree says what the expression says: parentheses first, then AND, then OR.',
  },
  {
    name: 'dd_rule_parentheses_ignored',
    why: 'The parentheses of the rule were ignored, so people are entitled who are not, and others are not who are.',
    critical: true,
  },
);

const contacts = pair(
  ['GET /patients/{mrn}/contacts', 'GET /alarms/{site}/call-list', 'GET /residents/{id}/emergency'],
  {
    fields: ['callFirst', 'emergencyContacts', 'escalation'],
    value(random) {
      const people = some(random, givenNames, random.int(2, 4)).map(
        (given) => `${given} ${random.pick(surnames)}`,
      );
      const legacy = people.map((person, at) => `${at + 1}. ${person}`).join('; ');
      const ranked = (all: readonly string[]) => all.map((person, at) => ({ rank: at + 1, person }));
      return shownJson(legacy, random.shuffled(ranked(people)), ranked([...people].sort()));
    },
  },
  {
    name: 'dd_call_list_with_ranks',
    why: 'Every person keeps the rank they are called in, so the order of the entries in the list does not matter.',
  },
  {
    name: 'dd_call_list_ranked_by_alphabet',
    why: 'The ranks were given by the alphabet, so somebody else is called first in an emergency.',
    critical: true,
  },
);

const questions = [
  ['A red disc with a white bar', 'no entry', ['no parking', 'one way', 'no stopping']],
  ['Boiling point of water at sea level', '100 °C', ['90 °C', '110 °C', '212 °C']],
  ['Largest share of air', 'nitrogen', ['oxygen', 'argon', 'carbon dioxide']],
  ['Emergency call in the EU', '112', ['911', '999', '110']],
  ['Class of fire: burning metal', 'D', ['A', 'B', 'C']],
  ['Side of a green lateral light', 'starboard', ['port', 'stern', 'masthead']],
] as const;
const exam = pair(
  ['GET /exams/{id}/questions', 'GET /licence-tests/{id}', 'POST /training/quiz'],
  {
    fields: ['question', 'item', 'quizItem'],
    value(random) {
      const [text, answer, others] = random.pick(questions);
      const asked = (options: readonly string[], correct: number) => json({ text, options, correct });
      const fresh = () => random.shuffled([answer, ...others]);
      const [first, second, third] = [fresh(), fresh(), fresh()];
      const [old, now] = [first.indexOf(answer), third.indexOf(answer)];
      const value = {
        legacy: asked(first, old),
        legacy2: asked(second, second.indexOf(answer)),
        right: asked(third, now),
      };
      return old === now ? value : { ...value, wrong: asked(third, old) };
    },
  },
  {
    name: 'dd_exam_options_shuffled',
    why: 'The options are shuffled for every candidate, in legacy too, and the index always points at the same right answer.',
  },
  {
    name: 'dd_exam_key_not_shuffled',
    why: 'The options were shuffled but not the index of the right answer: it points at a wrong option.',
    critical: true,
  },
);

const fares = only(
  ['GET /fares/zones', 'GET /tariffs/{code}/matrix', 'GET /rates/table'],
  {
    fields: ['fareTable', 'matrix', 'rates'],
    value(random) {
      const [rows, columns] = [random.int(2, 3), random.int(2, 4)];
      const cells = Array.from({ length: rows * columns }, () => decimal(random.int(18, 190) * 5, 2));
      return {
        legacy: json({ rows, columns, order: 'row-major', cells }),
        right: json(
          Array.from({ length: rows }, (_, row) => cells.slice(row * columns, (row + 1) * columns)),
        ),
      };
    },
  },
  {
    name: 'dd_matrix_cut_into_rows',
    why: 'The flat list is row by row as it says, and the nested list has the same fare in every cell.',
  },
);

const shops = ['Cafe Roma', 'Metro ticket', 'Parking Centre', 'Bakery Novak', 'Kiosk 12', 'Canteen'];
const bookings = pair(
  ['GET /cards/{id}/transactions', 'GET /accounts/{id}/bookings', 'POST /expenses/search'],
  {
    fields: ['transactions', 'purchases', 'items'],
    value(random) {
      const day = Day.any(random, 2024, 2026).iso;
      const all = some(random, shops, random.int(2, 4)).map((text) => ({
        day,
        text,
        amount: decimal(random.int(120, 1900), 2),
      }));
      if (random.chance(0.5)) all.push(all[0]!);
      const distinct = all.filter((booking, at) => all.indexOf(booking) === at);
      const value = {
        legacy: json(random.shuffled(all)),
        legacy2: json(random.shuffled(all)),
        right: json(random.shuffled(all)),
      };
      return distinct.length < all.length ? { ...value, wrong: json(random.shuffled(distinct)) } : value;
    },
  },
  {
    name: 'dd_bookings_of_day_in_any_order',
    why: 'Legacy itself gives the bookings of a day in no fixed order; the rewrite gives each of them just as often.',
  },
  {
    name: 'dd_equal_bookings_merged',
    why: 'Two equal purchases of a day are two purchases, but under the shuffling that is usual only one is left.',
    critical: true,
  },
);

const page = broken(
  ['POST /recalls/affected', 'GET /recalls/{id}/lots', 'GET /medicines/{pzn}/recalls'],
  {
    fields: ['affectedLots', 'recalledLots', 'lots'],
    value(random) {
      const start = random.int(1000, 8000);
      const lots = Array.from({ length: random.int(3, 14) }, (_, at) => `L${start + at * 7}`);
      return shownJson(lots, lots, lots.slice(0, 10));
    },
  },
  {
    name: 'dd_list_ends_after_ten',
    why: 'Lists of more than ten entries end after the tenth, as if only a first page were answered.',
    critical: true,
  },
);

export const families = [...bookings, ...page, ...empty, ...columns, ...rule, ...contacts, ...exam, ...fares];
