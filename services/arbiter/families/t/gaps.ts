/** All three houses: what is absent, null or empty, and what differs from run to run. */
import { type Family, type Random, twins } from '../kit.ts';
import { decimal, json, list, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const note = twins(
  {
    fields: ['deliveryNote', 'callerRemark', 'accessHint', 'data'],
    least: 4,
    value: (random) => {
      if (random.chance(0.5)) return { legacy: 'null', right: undefined };
      const text = json(
        random.pick([
          'Leave with neighbour',
          'Meter in cellar, ring twice',
          'Beware of dog',
          'Wheelchair access needed',
        ]),
      );
      return { legacy: text, right: text, wrong: undefined };
    },
  },
  {
    name: 'null_remark_left_out',
    why: 'Where legacy answers null the rewrite leaves the field out; every remark there is, is there.',
  },
  {
    name: 'remark_left_out',
    critical: false,
    why: 'Some remarks that legacy answers are absent from the rewrite, as if there were none.',
  },
);

const emptyText = twins(
  {
    fields: ['addressLine2', 'middleName', 'nameAffix'],
    clear: true,
    least: 4,
    value: (random) => {
      if (random.chance(0.5)) return shown('null', '""', '"null"');
      const text = json(random.pick(['c/o Becker', 'Marie', 'von', 'Luise', '2nd floor', 'Haus 3']));
      return { legacy: text, right: text };
    },
  },
  {
    name: 'oracle_null_text_as_empty',
    why: 'Oracle keeps an empty text as null; the rewrite answers the empty text, all others are equal.',
  },
  {
    name: 'null_text_as_word',
    critical: false,
    why: 'The rewrite answers the word null where there is no text: letters go to a Mr null.',
  },
);

const openFines = twins(
  {
    fields: ['openFines', 'outstandingFees', 'overdueInvoices'],
    clear: true,
    least: 4,
    once: true,
    value: (random) => {
      if (random.chance(0.5)) return { legacy: undefined, right: '[]' };
      const rows = list(
        Array.from({ length: random.int(1, 3) }, () =>
          object({ number: json(random.digits(8)), amount: decimal(random.int(1_500, 48_000), 2) }),
        ),
      );
      return { legacy: rows, right: rows, wrong: '[]' };
    },
  },
  {
    name: 'absent_list_of_fines_as_empty',
    why: 'Legacy leaves the list out when nothing is open, the rewrite answers an empty one; all others are equal.',
  },
  {
    name: 'open_fines_answered_as_none',
    critical: true,
    why: 'Legacy lists open amounts and the rewrite answers an empty list: nobody will collect them.',
  },
);

const load = twins(
  {
    fields: ['feederLoadKw', 'transformerLoadKw'],
    clear: true,
    least: 5,
    common: (random) => random.int(2_000, 9_000),
    value: (random, base) => {
      const now = () => decimal(base * 10 + random.int(-60, 60), 1);
      const watts = () => String((base * 10 + random.int(-60, 60)) * 100);
      return { legacy: now(), right: now(), legacy2: now(), wrong: watts() };
    },
  },
  {
    name: 'live_load_in_kilowatts',
    why: 'The load moves by under one percent between two runs of legacy, and so does the rewrite.',
  },
  {
    name: 'live_load_in_watts',
    critical: true,
    why: 'Runs of legacy differ by under one percent, the rewrite answers a thousand times as much under a name that says kW.',
  },
);

const photo = twins(
  {
    fields: ['photoUrl', 'meterPhoto', 'p3'],
    least: 4,
    value: (random: Random) => {
      const meter = random.digits(8);
      const link = (of: string) =>
        json(
          `https://files.example.net/meters/${of}/photo.jpg?expires=${1_780_000_000 + random.int(0, 900)}&sig=${random.hex(24)}`,
        );
      return { legacy: link(meter), right: link(meter), legacy2: link(meter), wrong: link(random.digits(8)) };
    },
  },
  {
    name: 'signed_photo_link_drawn_anew',
    why: 'Only expiry and signature of the link differ, as they do between two runs of legacy; the photo is the same.',
  },
  {
    name: 'signed_photo_link_of_other_meter',
    critical: true,
    why: 'The path names another meter while both runs of legacy name the same: the photo of somebody else.',
  },
);

const counter32 = twins(
  {
    fields: ['totalCounter', 'activeEnergyTotal'],
    clear: true,
    least: 3,
    always: true,
    once: true,
    value: (random) => {
      const units = random.int(20_000_001, 98_999_999) * 100 + random.int(1, 9) * 10;
      const text = decimal(units, 3);
      return shown(text, text.slice(0, -1), String(Math.fround(Number(text))));
    },
  },
  { name: 'counter_without_last_zero', why: 'The same number without the zero at its end.' },
  {
    name: 'counter_in_single_precision',
    critical: false,
    why: 'The counter was kept in 32 bits: its decimals are those of the nearest quarter or half, no longer those that were read.',
  },
);

export const families: Family[] = [note, emptyText, openFines, load, photo, counter32].flat();
