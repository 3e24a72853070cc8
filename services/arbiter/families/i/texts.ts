/** Families of histories, free texts and lists. */
import { type Family, twins } from '../kit.ts';
import { Day, json, list, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const history = twins(
  {
    fields: ['history', 'statusHistory', 'timeline'],
    value(random) {
      let day = Day.any(random, 2010, 2018);
      const codes = random
        .shuffled(['ACTIVE', 'SUSPENDED', 'DUNNED', 'CLOSED', 'BLOCKED'])
        .slice(0, random.int(2, 4));
      const rows = codes.map((code) => {
        day = day.plus(random.int(20, 500));
        return { from: day.iso, code };
      });
      const modern = (shift: number) =>
        list(
          rows.map(({ from }, at) =>
            object({ from: json(from), status: json(codes[Math.max(0, at - shift)]) }),
          ),
        );
      return shown(
        json(rows.map(({ from, code }) => `${from.replaceAll('-', '')} ${code}`).join(';')),
        modern(0),
        modern(1),
      );
    },
  },
  { name: 'history_as_list', why: 'Each date keeps its status; a text became a list in the same order.' },
  {
    name: 'history_status_late',
    why: 'Every date has the status of the entry before it, so the last, current one is missing.',
    critical: true,
  },
);

const instructions = [
  'PATIENT REPORTS SEVERE RASH AFTER PENICILLIN IN 2011. DO NOT GIVE BETA LACTAMS.',
  'METER IS IN THE CELLAR OF THE NEIGHBOUR. RING TWICE. DANGER: DOG IS NOT CHAINED.',
  'PAYOUT BLOCKED BY COURT ORDER UNTIL FURTHER NOTICE. DO NOT RELEASE WITHOUT LEGAL.',
  'FRAGILE GLASS, KEEP UPRIGHT. TEMPERATURE MUST NOT FALL BELOW TWO DEGREES.',
] as const;
const lines = twins(
  {
    fields: ['instructions', 'remarks', 'noteText'],
    least: 4,
    value(random) {
      const text = `${two(random.int(1, 28))}/${two(random.int(1, 12))} ${random.pick(instructions)}`;
      const width = random.pick([30, 35]);
      const rows = Array.from({ length: Math.ceil(text.length / width) }, (_, at) =>
        text.slice(at * width, (at + 1) * width),
      );
      return shown(
        list(rows.map((row) => json(row.padEnd(width)))),
        json(text),
        json(rows.slice(0, -1).join('').trimEnd()),
      );
    },
  },
  { name: 'text_lines_joined', why: 'Lines of fixed width were joined to the one text they are.' },
  {
    name: 'text_last_line_lost',
    why: 'The last line of the text is missing, and with it the warning it ends with.',
    critical: true,
  },
);

const escaped = twins(
  {
    fields: ['orderText', 'nursingNote', 'comment'],
    value(random) {
      const [low, high] = [random.int(70, 95), random.int(150, 190)];
      const [a, b] = random.pick([
        ['Call doctor if systolic ', ' or '],
        ['Stop infusion at RR ', ', also at RR '],
        ['Hold dose when pulse ', ', double check when '],
      ] as const);
      const rest = random.pick(['', ' mmHg', ', see chart']);
      return shown(
        json(`${a}&lt;${low}${b}&gt;${high}${rest}`),
        json(`${a}<${low}${b}>${high}${rest}`),
        json(`${a}${high}${rest}`),
      );
    },
  },
  { name: 'entities_decoded', why: 'The entities of XML became the signs they stand for: the same text.' },
  {
    name: 'comparison_stripped_as_tag',
    why: 'What stands between < and > was removed like a tag, so the order says another limit.',
    critical: true,
  },
);

const allergens = ['PENICILLIN', 'LATEX', 'PEANUT', 'IODINE', 'SULFA', 'ASPIRIN', 'EGG'] as const;
const unordered = twins(
  {
    fields: ['allergies', 'contraindications', 'alerts'],
    least: 6,
    value(random) {
      const known = random.shuffled(allergens).slice(0, random.int(2, 6)).map(json);
      const anyOrder = () => random.shuffled(known);
      return {
        legacy: list(anyOrder()),
        legacy2: list(anyOrder()),
        right: list(anyOrder()),
        wrong: list(anyOrder().slice(1)),
      };
    },
  },
  {
    name: 'unordered_allergies',
    why: 'The same entries; legacy itself answers them in another order at every run.',
  },
  {
    name: 'unordered_allergy_missing',
    why: 'One entry is missing, which the changing order hides.',
    critical: true,
  },
);

export const families: readonly Family[] = [...history, ...lines, ...escaped, ...unordered];
