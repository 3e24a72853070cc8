/** Weights, sizes, places and delivery weeks of what a shop's warehouse holds. */
import { type Family, twins } from '../kit.ts';
import { json, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['weight', 'parcelWeight', 'gewicht', 'shippingWeight'],
      value: (random) => {
        const grams = random.int(24, 3_000) * 10;
        return shown(json(`${grams} g`), json(`${grams / 1000} kg`), json(`${grams / 1000} g`));
      },
    },
    {
      name: 'grams-as-kilograms',
      why: 'The weight in kilograms is a thousandth of the number in grams, thus the same weight.',
    },
    {
      name: 'kilograms-called-grams',
      critical: false,
      why: 'The number was divided by a thousand but is still called grams, so parcels weigh next to nothing.',
    },
  ),
  ...twins(
    {
      fields: ['dimensions', 'parcelSize', 'masse', 'packageSize'],
      once: true,
      value: (random) => {
        const sides = [random.int(30, 120), random.int(15, 60), random.int(4, 40)];
        const [length = 0, width = 0, height = 0] = sides;
        const answer = (by: number) =>
          object({
            length: String(length * by),
            width: String(width * by),
            height: String(height * by),
            unit: '"mm"',
          });
        return shown(json(`${sides.join('x')} cm`), answer(10), answer(1));
      },
    },
    {
      name: 'size-text-to-millimetres',
      why: 'The three sides in centimetres are the same lengths in millimetres.',
    },
    {
      name: 'centimetres-called-millimetres',
      critical: false,
      why: 'The numbers of centimetres are presented as millimetres, so parcels shrink to a tenth.',
    },
  ),
  ...twins(
    {
      fields: ['binLocation', 'lagerplatz', 'storagePlace', 'pickFrom'],
      value: (random) => {
        const [aisle, bin] = [random.pick(['A', 'B', 'C', 'D', 'H']), random.pick(['L', 'M', 'R'])];
        const [rack, shelf] = [random.int(1, 40), random.int(1, 9)];
        const answer = (first: number, second: number) =>
          object({ aisle: json(aisle), rack: String(first), shelf: String(second), bin: json(bin) });
        return shown(
          object({ aisle: json(aisle), rack: json(two(rack)), shelf: json(two(shelf)), bin: json(bin) }),
          answer(rack, shelf),
          answer(shelf, rack),
        );
      },
    },
    {
      name: 'bin-location-numbers',
      why: 'Aisle, rack, shelf and bin are the same; rack and shelf are numbers instead of two digits.',
    },
    {
      name: 'bin-rack-and-shelf-swapped',
      critical: false,
      why: 'The numbers of rack and shelf changed places, so that the picker stands before another bin.',
    },
  ),
  ...twins(
    {
      fields: ['restockWeek', 'deliveryWeek', 'liefertermin', 'expected'],
      value: (random) => {
        const [year, week] = [random.int(2024, 2026), random.int(2, 50)];
        return shown(
          json(`KW ${two(week)}/${year}`),
          json(`${year}-W${two(week)}`),
          json(`${year}-W${two(week + 1)}`),
        );
      },
    },
    {
      name: 'calendar-week-iso',
      why: 'Both texts name the same calendar week of the same year.',
    },
    {
      name: 'calendar-week-next',
      critical: false,
      why: 'The week is the one after the week that legacy promises.',
    },
  ),
];
