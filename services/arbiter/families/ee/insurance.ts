/** An insurer moves its policy back end from .NET Framework to Go. */
import type { Family, Random } from '../kit.ts';
import { Day, decimal, json, minorUnits, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { both } from './mirrored.ts';

const policyRoutes = [
  'GET /policies/{no}',
  'POST /quotes',
  'GET /customers/{id}/policies',
  'GET /claims/{id}',
];

/** Hours that Berlin is ahead of UTC at the start of a day. */
function berlinHours(day: Day): number {
  const lastSunday = (month: number) => {
    const last = Day.of(day.year, month + 1, 0);
    return last.plus(-last.date.getUTCDay()).date.getTime();
  };
  return day.date.getTime() > lastSunday(3) && day.date.getTime() <= lastSunday(10) ? 2 : 1;
}

/** Legacy's texts escape their slashes: "\/Date(1393628400000+0100)\/". */
const microsoftDate = both(
  {
    fields: ['inceptionDate', 'coverFrom', 'policyStart', 'BeginDate'],
    routes: policyRoutes,
    value(random) {
      const day = Day.any(random, 2008, 2026);
      const hours = berlinHours(day);
      const start = day.date.getTime() - hours * 3_600_000;
      return shown(`"\\/Date(${start}+${two(hours)}00)\\/"`, json(day.iso), json(new Day(start).iso));
    },
  },
  {
    name: 'ee_microsoft_date',
    why: 'The milliseconds with their offset are that very day in Germany, which the rewrite writes as an ISO date.',
  },
  {
    name: 'ee_microsoft_date_day_early',
    critical: true,
    why: 'Midnight in Germany was read in UTC, where it is still the day before: cover starts a day early.',
  },
);

const guid = (random: Random) =>
  [random.hex(8), random.hex(4), `4${random.hex(3)}`, `a${random.hex(3)}`, random.hex(12)] as const;
const swapped = (text: string) => text.match(/../g)!.reverse().join('');
const guids = both(
  {
    fields: ['policyKey', 'claimId', 'documentGuid', 'PartnerRef'],
    routes: policyRoutes,
    alike: true,
    common: (random) => ({ braces: random.chance(0.5) }),
    value(random, { braces }) {
      const [a, b, c, d, e] = guid(random);
      const right = [a, b, c, d, e].join('-');
      const legacy = braces ? `{${right.toUpperCase()}}` : right.toUpperCase();
      return shownJson(legacy, right, [swapped(a), swapped(b), swapped(c), d, e].join('-'));
    },
  },
  {
    name: 'ee_guid_spelling',
    why: 'The same identifier in small letters, without braces.',
  },
  {
    name: 'ee_guid_byte_order',
    critical: true,
    why: 'The bytes of the first three groups are reversed: the id names no record, or a wrong one.',
  },
);

const omitted = both(
  {
    fields: ['deductible', 'noClaimsYears', 'excess', 'previousLosses'],
    routes: policyRoutes,
    always: true,
    least: 10,
    common: (random) => ({
      steps: random.pick([
        [150, 300, 500, 1000],
        [1, 2, 3, 5, 8, 12],
      ]),
    }),
    value(random, { steps }) {
      if (random.chance(0.25)) return { legacy: 'null', right: undefined };
      if (random.chance(0.3)) return { legacy: '0', right: '0', wrong: undefined };
      const text = json(random.pick(steps));
      return { legacy: text, right: text };
    },
  },
  {
    name: 'ee_null_omitted',
    why: 'Unknown values are left out instead of null; zeros and all others are still there.',
  },
  {
    name: 'ee_zero_omitted',
    critical: true,
    why: 'A known zero is left out like an unknown value, so nobody can tell "none" from "not asked" any more.',
  },
);

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const lastDay = both(
  {
    fields: ['lastDayOfCover', 'insuredUpToAndIncluding', 'lastInsuredDay'],
    clear: true,
    routes: policyRoutes,
    alike: true,
    value(random) {
      const day = random.chance(0.5)
        ? Day.of(random.int(2022, 2028), random.int(1, 12) + 1, 0)
        : Day.any(random, 2022, 2028);
      return shownJson(`${day.day} ${months[day.month - 1]} ${day.yyyy}`, day.iso, day.plus(1).iso);
    },
  },
  {
    name: 'ee_last_day',
    why: 'The same last day in ISO form.',
  },
  {
    name: 'ee_last_day_exclusive',
    critical: true,
    why: 'The first day without cover is given as the last day with it: a day more than was insured.',
  },
);

/** The shortest text of the nearest 32-bit float, as Go prints a float32. */
function float32(value: number): string {
  const rounded = Math.fround(value);
  for (let digits = 1; digits <= 9; digits += 1) {
    const text = Number(rounded.toPrecision(digits));
    if (Math.fround(text) === rounded) return String(text);
  }
  return String(rounded);
}
const sumInsured = both(
  {
    fields: ['sumInsured', 'rebuildValue', 'totalExposure', 'reserve'],
    routes: policyRoutes,
    always: true,
    alike: true,
    common: (random) => ({ cents: random.pick([0.2, 0.5, 1]) }),
    value(random, { cents }) {
      const exact = minorUnits(random, 2_000_000, 9_000_000_000);
      const units = random.chance(cents) ? exact : Math.floor(exact / 1_000_000) * 1_000_000 + 5_000_000;
      const right = String(units / 100);
      return shown(json(decimal(units * 100, 4)), right, float32(units / 100));
    },
  },
  {
    name: 'ee_decimal_text',
    why: 'The same sum as a JSON number instead of the text of a money column with four decimals.',
  },
  {
    name: 'ee_float32_sum',
    critical: true,
    why: 'Large sums keep only about seven digits: cents and even euros change.',
  },
);

const report = [
  'Rear bumper dented',
  'Tail light broken',
  'Other driver admitted fault',
  'Police file 2214/26',
  'No injuries',
  'Witness: O. Haddad',
  'Windscreen cracked',
  'Water in the cellar up to 20 cm',
  'Photos follow by mail',
];
const lines = both(
  {
    fields: ['lossDescription', 'remarks', 'adjusterNote', 'claimText'],
    routes: ['GET /claims/{id}', 'POST /claims'],
    always: true,
    alike: true,
    common: (random) => ({ several: random.pick([0.3, 0.6]) }),
    value(random, { several }) {
      const parts = random.shuffled(report).slice(0, random.chance(several) ? random.int(2, 4) : 1);
      return shownJson(parts.join('\r\n'), parts.join('\n'), parts[0]);
    },
  },
  {
    name: 'ee_line_ends',
    why: 'Windows line ends became Unix ones; every line of the text is there.',
  },
  {
    name: 'ee_only_first_line',
    critical: true,
    why: 'Only the first line of the report is left, so facts about the claim are missing.',
  },
);

export const families: Family[] = [
  ...microsoftDate,
  ...guids,
  ...omitted,
  ...lastDay,
  ...sumInsured,
  ...lines,
];
