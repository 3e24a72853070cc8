/** A carrier's customs and warehouse answers. */
import { gtinDigit } from '../check-digits.ts';
import { type Family, type Random, twins } from '../kit.ts';
import { decimal, json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const tariffs = [
  '0901.21.00',
  '0406.90.99',
  '0303.14.90',
  '0802.12.90',
  '8471.30.00',
  '6403.99.98',
  '2204.21.42',
];
/** The defect went through a number: the zero in front is lost and one is put behind. */
function tariff(random: Random) {
  const code = random.pick(tariffs);
  const digits = code.replaceAll('.', '');
  return shown(json(code), json(digits), json(String(Number(digits)).padEnd(8, '0')));
}

/** Duty types of the EU's customs tariff: A00 customs duty, A30 anti-dumping, B00 value added tax. */
function duties(random: Random) {
  const types = random.pick([['A00', 'B00'], ['A00', 'A30', 'B00'], ['B00']]);
  const lines = types.map((type) => [type, decimal(minorUnits(random, 400, 900_000), 2)] as const);
  const byType = (kept: typeof lines) => object(Object.fromEntries(kept));
  const legacy = list(lines.map(([type, amount]) => object({ type: json(type), amount: json(amount) })));
  return shown(legacy, byType(lines), byType(lines.slice(0, Math.max(1, lines.length - 1))));
}

/** UN/ECE units: KGM kilogram, TNE tonne. */
function weight(random: Random) {
  const tonnes = random.chance(0.4);
  const thousandths = random.int(800, 26_000);
  const text = tonnes ? decimal(thousandths, 3) : String(thousandths);
  const kilograms = (value: string) => object({ value, unit: json('kg') });
  return shown(
    object({ value: json(text), unit: json(tonnes ? 'TNE' : 'KGM') }),
    kilograms(String(thousandths)),
    kilograms(text),
  );
}

function packed(random: Random) {
  const [cartons, each] = [random.int(2, 60), random.pick([6, 10, 12, 24, 48])];
  const pieces = (quantity: number) => object({ quantity: String(quantity), unit: json('piece') });
  return shown(
    object({
      quantity: json(String(cartons).padStart(5, '0')),
      unit: json('carton'),
      piecesPerCarton: String(each),
    }),
    pieces(cartons * each),
    pieces(cartons),
  );
}

/** Stock by article and lot, in whatever order the database gives; the defect keeps one lot of each article. */
function lots(random: Random) {
  const lines = Array.from({ length: random.int(1, 3) }, () => `ART-${random.digits(5)}`).flatMap((article) =>
    Array.from({ length: random.int(1, 3) }, () => ({
      article,
      lot: `L${random.digits(4)}`,
      quantity: random.int(1, 480),
    })),
  );
  const last = new Map(lines.map((line) => [line.article, line]));
  return {
    legacy: json(lines),
    legacy2: json(random.shuffled(lines)),
    right: json(random.shuffled(lines)),
    ...(last.size < lines.length && { wrong: json([...last.values()]) }),
  };
}

/** Serial shipping container code: extension digit, 16 digits and the check digit of GS1. */
function sscc(random: Random) {
  const base = `${random.int(1, 9)}4012345${random.digits(9)}`;
  const code = `${base}${gtinDigit(base)}`;
  const double = json(Number(code));
  return shown(json(`(00)${code}`), json(code), double === code ? json(code) : double);
}

export const families: Family[] = [
  ...twins(
    { fields: ['hsCode', 'tariffCode', 'commodity'], value: tariff },
    { name: 'n_tariff_code_without_dots', why: 'The same eight digits of the commodity code, without dots.' },
    {
      name: 'n_tariff_code_zero_moved',
      critical: true,
      why: 'The zero in front of the commodity code is lost and one added behind, which is another chapter of the tariff.',
    },
  ),
  ...twins(
    { once: true, fields: ['duties', 'charges', 'taxLines'], value: duties },
    {
      name: 'n_duties_keyed_by_type',
      why: 'Each type of duty has the same amount, keyed by type instead of listed.',
    },
    {
      name: 'n_duties_last_type_missing',
      critical: true,
      why: 'The amount of the last type of duty is missing from the assessment.',
    },
  ),
  ...twins(
    { fields: ['grossWeight', 'weight', 'mass'], value: weight },
    {
      name: 'n_tonnes_as_kilograms',
      why: 'KGM are kilograms and TNE are tonnes of a thousand kilograms, converted as such.',
    },
    {
      name: 'n_tonnes_called_kilograms',
      critical: true,
      why: 'A figure in tonnes is given as so many kilograms, a thousandth of the load.',
    },
  ),
  ...twins(
    { fields: ['ordered', 'stock', 'picked'], value: packed },
    { name: 'n_cartons_as_pieces', why: 'Cartons times pieces per carton is the number of pieces.' },
    {
      name: 'n_cartons_called_pieces',
      critical: true,
      why: 'The number of cartons is given as the number of pieces.',
    },
  ),
  ...twins(
    { fields: ['stock', 'lots', 'onHand'], least: 2, value: lots },
    {
      name: 'n_lots_in_another_order',
      why: 'The same lots with the same quantities, in another order, as between two runs of legacy.',
    },
    {
      name: 'n_lots_of_article_overwritten',
      critical: true,
      why: 'Where an article lies in several lots only the last one is left, so stock is missing.',
    },
  ),
  ...twins(
    { fields: ['sscc', 'pallet', 'handlingUnit'], value: sscc },
    {
      name: 'n_pallet_code_without_prefix',
      why: 'The same eighteen digits, without the (00) that only says what kind of code follows.',
    },
    {
      name: 'n_pallet_code_through_a_double',
      critical: true,
      why: 'Eighteen digits went through a binary double, so the last ones are others.',
    },
  ),
];
