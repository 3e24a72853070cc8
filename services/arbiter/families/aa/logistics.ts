/** Containers, tracking, labels, weights; customs and dangerous goods. */
import { gtinDigit } from '../check-digits.ts';
import { type Family, mixed, type Random, twins } from '../kit.ts';
import { Day, decimal, two } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

/** A container number of ISO 6346 with its check digit. */
function container(random: Random): string {
  const base = `${random.pick(['MSKU', 'MSCU', 'HLCU', 'CMAU', 'TCLU', 'EITU'])}${random.digits(6)}`;
  const sum = [...base].reduce((total, character, at) => {
    const code = Number.parseInt(character, 36);
    // Letters count from A = 10 on and leave out the multiples of eleven.
    const value = code < 10 ? code : code + Math.floor((code - 1) / 10);
    return total + value * 2 ** at;
  }, 0);
  return `${base}${(sum % 11) % 10}`;
}

const box = twins(
  mixed({
    fields: ['containerNumber', 'equipmentId', 'unit', 'boxes[0]'],
    least: 8,
    value(random) {
      const number = container(random);
      const spaced = (text: string) => `${text.slice(0, 4)} ${text.slice(4, 10)}-${text.slice(10)}`;
      const at = random.int(4, 8);
      const swapped = `${number.slice(0, at)}${number[at + 1]}${number[at]}${number.slice(at + 2)}`;
      return shownJson(number, spaced(number), spaced(swapped));
    },
  }),
  {
    name: 'aa_container_number_spaced',
    why: 'Owner, serial number and check digit of the same container, set apart as painted on the door.',
  },
  {
    name: 'aa_container_digits_transposed',
    why: 'Two digits of the serial number changed places, so that the check digit no longer fits: another box.',
    critical: true,
  },
);

const weights = twins(
  {
    fields: ['verifiedGrossMass', 'cargoWeight', 'grossWeight', 'mass'],
    least: 10,
    value(random) {
      const [code, unit, low, high] = random.pick([
        ['KGM', 'kg', 800, 30_000],
        ['TNE', 'metric ton', 1, 400],
        ['STN', 'short ton', 1, 400],
        ['LTN', 'long ton', 1, 400],
        ['LBR', 'lb', 900, 60_000],
      ] as const);
      const amount = decimal(random.int(low * 10, high * 10), 1);
      const modern = (name: string) => ({ value: amount, unit: name });
      return shownJson(`${amount} ${code}`, modern(unit), modern(/ton$/.test(unit) ? 'metric ton' : unit));
    },
  },
  {
    name: 'aa_weight_rec20_codes_named',
    why: 'The unit codes of UN/ECE Recommendation 20 by their names; no figure was touched.',
  },
  {
    name: 'aa_weight_every_ton_metric',
    why: 'Short and long tons (STN, LTN) are called metric tons with the same figure: the load is off by up to a tenth.',
    critical: true,
  },
);

const places: readonly (readonly [string, number])[] = [
  ['INNSA', 330],
  ['INMAA', 330],
  ['NPKTM', 345],
  ['DEHAM', 60],
  ['CNSHA', 480],
  ['AUADL', 570],
  ['USLAX', -480],
  ['CASJF', -210],
  ['LKCMB', 330],
  ['IRBND', 210],
];
const scans = twins(
  {
    fields: ['trackingEvents', 'lastScans', 'milestones', 'events'],
    least: 8,
    value(random) {
      let moment = Day.any(random, 2021, 2025).date.getTime() + random.int(0, 86_399) * 1000;
      const events = Array.from({ length: random.int(1, 3) }, () => {
        moment += random.int(3_600, 400_000) * 1000;
        return { moment, place: random.pick(places), code: random.pick(['RCV', 'DEP', 'ARR', 'HLD']) };
      });
      const offset = (minutes: number) => {
        const size = Math.abs(minutes);
        return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
      };
      const text = (time: number) => new Date(time).toISOString().slice(0, 19);
      const legacy = events.map(
        ({ moment: time, place: [name, minutes], code }) =>
          `${name} ${code} ${text(time + minutes * 60_000)}${offset(minutes)}`,
      );
      const modern = (read: (minutes: number) => number) =>
        events.map(({ moment: time, place: [name, minutes], code }) => ({
          at: `${text(time + (minutes - read(minutes)) * 60_000)}Z`,
          place: name,
          code,
        }));
      return shownJson(
        legacy,
        modern((minutes) => minutes),
        modern((minutes) => Math.trunc(minutes / 60) * 60),
      );
    },
  },
  {
    name: 'aa_scans_local_to_utc',
    why: 'Each scan names the same instant, once with the offset of its place and once in UTC.',
  },
  {
    name: 'aa_scans_half_hour_zones_cut',
    why: 'Only the whole hours of an offset are taken off: scans in India, Nepal or Adelaide are 30 or 45 minutes out.',
    critical: false,
  },
);

const label = twins(
  {
    fields: ['gs1Label', 'batchLabel', 'scan', 'palletLabel'],
    least: 10,
    value(random) {
      const base = `0${random.pick(['4012345', '5012345', '7612345', '0012345'])}${random.digits(5)}`;
      const gtin = `${base}${gtinDigit(base)}`;
      const day = Day.any(random, 2025, 2029);
      const monthOnly = random.chance(0.4);
      const batch = `${random.text('ABCDEFGHJK', 2)}${random.digits(4)}`;
      const end = Day.of(day.year, day.month + 1, 0);
      const legacy = `(01)${gtin}(17)${day.yyyy.slice(2)}${day.mm}${monthOnly ? '00' : day.dd}(10)${batch}`;
      const modern = (expiry: Day) => ({ gtin, batch, expiry: expiry.iso });
      return shownJson(
        legacy,
        modern(monthOnly ? end : day),
        modern(monthOnly ? Day.of(day.year, day.month, 0) : day),
      );
    },
  },
  {
    name: 'aa_gs1_expiry_month_end',
    why: 'In GS1 element strings day 00 of AI (17) stands for the last day of the month, which is written out.',
  },
  {
    name: 'aa_gs1_day_zero_month_before',
    why: 'Day 00 is counted back to the last day of the month before: goods expire a month too early.',
    critical: true,
  },
);

const tariff = twins(
  mixed({
    fields: ['hsCode', 'commodityCode', 'tariffItem', 'goods.cn8'],
    least: 10,
    value(random) {
      const code = random.pick([
        '01022110',
        '02013000',
        '04069021',
        '07020000',
        '09011100',
        '22042111',
        '39269097',
        '61091000',
        '84713000',
        '87032319',
        '94036010',
        '08051022',
      ]);
      const dotted = (text: string) => `${text.slice(0, 4)}.${text.slice(4, 6)}.${text.slice(6)}`;
      return shownJson(code, dotted(code), dotted(code.replace(/^0/, '').padEnd(8, '0')));
    },
  }),
  {
    name: 'aa_tariff_code_dotted',
    why: 'The same eight digits of the tariff, with the dots usual in print.',
  },
  {
    name: 'aa_tariff_leading_zero_moved',
    why: 'Chapters 01 to 09 lose their leading zero and are filled up behind: cattle turn into another chapter.',
    critical: true,
  },
);

const hazards = [
  ['1230', 'METHANOL', '3', '6.1', 'II', 'D/E'],
  ['1263', 'PAINT', '3', '', 'III', 'D/E'],
  ['1017', 'CHLORINE', '2.3', '5.1, 8', '', 'C/D'],
  ['1789', 'HYDROCHLORIC ACID', '8', '', 'II', 'E'],
  ['2031', 'NITRIC ACID', '8', '5.1', 'II', 'E'],
  ['1992', 'FLAMMABLE LIQUID, TOXIC, N.O.S.', '3', '6.1', 'III', 'D/E'],
  ['3077', 'ENVIRONMENTALLY HAZARDOUS SUBSTANCE, SOLID, N.O.S.', '9', '', 'III', '-'],
  ['2014', 'HYDROGEN PEROXIDE, AQUEOUS SOLUTION', '5.1', '8', 'II', 'E'],
] as const;
const dangerous = twins(
  {
    fields: ['dgDeclaration', 'transportDocumentLine', 'adrEntry', 'hazard'],
    least: 8,
    value(random) {
      const [number, name, main, subsidiary, group, tunnel] = random.pick(hazards);
      const drums = random.int(1, 40);
      const classes = subsidiary === '' ? main : `${main} (${subsidiary})`;
      const legacy = [`UN ${number}`, name, classes, ...(group === '' ? [] : [group]), `(${tunnel})`];
      const modern = (extra: readonly string[]) => ({
        un: number,
        properShippingName: name,
        hazards: [main, ...extra],
        packingGroup: group === '' ? null : group,
        tunnelCode: tunnel,
        packages: { kind: 'drums', count: drums },
      });
      return shownJson(
        `${legacy.join(', ')}; ${drums} DRUMS`,
        modern(subsidiary === '' ? [] : subsidiary.split(', ')),
        modern([]),
      );
    },
  },
  {
    name: 'aa_adr_line_taken_apart',
    why: 'UN number, name, main and subsidiary hazards, packing group and tunnel code are all there, in named members.',
  },
  {
    name: 'aa_adr_subsidiary_hazard_lost',
    why: 'The subsidiary hazard in brackets is gone: a toxic liquid is carried as merely flammable.',
    critical: true,
  },
);

export const families: readonly Family[] = [...box, ...weights, ...scans, ...label, ...tariff, ...dangerous];
