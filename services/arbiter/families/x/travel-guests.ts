/** A hotel group and its loyalty programme (PHP to Node): miles, guests, requests, places and vouchers. */
import { type Family, twins } from '../kit.ts';
import {
  currencies,
  decimal,
  givenNames,
  grouped,
  json,
  list,
  minorUnits,
  object,
  surnames,
} from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const areas = [
  ['+44', '20', 8],
  ['+49', '30', 8],
  ['+33', '1', 8],
  ['+31', '20', 7],
  ['+41', '44', 7],
] as const;

export const families: Family[] = [
  ...twins(
    {
      fields: ['milesBalance', 'pointsBalance', 'awardMiles'],
      clear: true,
      always: true,
      value(random) {
        const text = String(minorUnits(random, 120, 900_000));
        const legacy = grouped(text, ',');
        return shown(json(legacy), text, legacy.split(',')[0] ?? text);
      },
    },
    {
      name: 'miles_without_grouping',
      why: 'The commas only group the thousands; it is the same number of miles.',
    },
    {
      name: 'miles_cut_at_comma',
      critical: true,
      why: 'The number ends at the first comma, so 12,345 miles become 12.',
    },
  ),
  ...twins(
    {
      fields: ['extras', 'options', 'preferences'],
      least: 6,
      always: true,
      value(random) {
        if (random.chance(0.5)) return { legacy: '[]', right: '{}' };
        const all: Record<string, string> = {
          parking: String(random.int(1, 3)),
          breakfast: json(random.pick(['buffet', 'vegan'])),
          lateCheckout: json(`${random.int(12, 16)}:00`),
        };
        const kept = random.shuffled(Object.entries(all)).slice(0, random.int(1, 3));
        const full = object(Object.fromEntries(kept));
        return shown(full, full, '{}');
      },
    },
    {
      name: 'php_empty_map_as_list',
      why: 'PHP writes an empty map as an empty list; maps with something in them are the same.',
    },
    {
      name: 'php_maps_emptied',
      critical: false,
      why: 'Maps that hold something in legacy are empty in the rewrite: what the guest ordered is lost.',
    },
  ),
  ...twins(
    {
      fields: ['guests', 'roomOccupants', 'passengers'],
      always: true,
      value(random) {
        const names = Array.from(
          { length: random.int(3, 5) },
          () => `${random.pick(givenNames)} ${random.pick(surnames)}`,
        );
        const gone = random.int(0, names.length - 1);
        const kept = names.map((name, key) => [key, name] as const).filter(([key]) => key !== gone);
        const gap = gone < names.length - 1;
        const right = kept.map(([, name]) => name);
        const legacy = gap
          ? json(Object.fromEntries(kept.map(([key, name]) => [String(key), name])))
          : json(right);
        // A loop up to the number of members misses the last key after the gap.
        const wrong = kept.filter(([key]) => key < kept.length).map(([, name]) => name);
        return shown(legacy, json(right), json(wrong));
      },
    },
    {
      name: 'php_list_with_gap',
      why: 'PHP writes a list with a removed entry as an object of its keys; the same names stand in the same order.',
    },
    {
      name: 'php_list_with_gap_loses_last',
      critical: true,
      why: 'Where an entry was removed the rewrite stops one too early, and the last person is missing.',
    },
  ),
  ...twins(
    {
      fields: ['phone', 'guestPhone', 'contactNumber'],
      value(random) {
        const [country, area, length] = random.pick(areas);
        const subscriber = `${random.int(2, 9)}${random.digits(length - 1)}`;
        return shownJson(
          `${country} (0)${area} ${subscriber}`,
          country + area + subscriber,
          `${country}0${area}${subscriber}`,
        );
      },
    },
    {
      name: 'phone_trunk_zero_left_out',
      why: 'The zero in brackets is dialled only inside the country, so it is rightly left out behind the country code.',
    },
    {
      name: 'phone_trunk_zero_kept',
      critical: false,
      why: 'The zero in brackets is kept behind the country code, and the number cannot be dialled.',
    },
  ),
  ...twins(
    {
      fields: ['specialMeals', 'mealRequests', 'dietaryNeeds'],
      clear: true,
      least: 6,
      always: true,
      value(random) {
        if (random.chance(0.5)) return { legacy: undefined, right: '[]' };
        const meals = random.shuffled(['VGML', 'GFML', 'KSML', 'MOML', 'NLML', 'DBML']);
        const full = list(meals.slice(0, random.int(1, 2)).map(json));
        return { legacy: full, right: full, wrong: '[]' };
      },
    },
    {
      name: 'no_meals_empty_list',
      why: 'An absent list of meal requests and an empty one both say that there are none.',
    },
    {
      name: 'meals_lost',
      critical: true,
      why: 'Guests with a special meal (gluten-free, diabetic) get an empty list: their request is lost.',
    },
  ),
  ...twins(
    {
      fields: ['geo', 'hotelLocation', 'position'],
      once: true,
      value(random) {
        const [lat, lng] = [random.int(360_000, 600_000) / 10_000, random.int(-90_000, 250_000) / 10_000];
        const point = (coordinates: readonly number[]) => ({ type: 'Point', coordinates });
        return shownJson({ lat, lng }, point([lng, lat]), point([lat, lng]));
      },
    },
    {
      name: 'location_as_geojson_point',
      why: 'A point of GeoJSON has the longitude first, so it is the same place.',
    },
    {
      name: 'location_geojson_swapped',
      critical: false,
      why: 'The latitude stands first in a GeoJSON point, where the longitude belongs: a place in another part of the world.',
    },
  ),
  ...twins(
    {
      fields: ['voucher', 'compensation', 'refund'],
      common: (random) => random.pick(currencies),
      value(random, home) {
        const currency = random.chance(0.5) ? home : random.pick(currencies);
        const units = minorUnits(random, 1000, 120_000);
        const answer = (letters: string) => ({ amount: units / 100, currency: letters });
        return shownJson(`${currency} ${decimal(units, 2)}`, answer(currency), answer(home));
      },
    },
    { name: 'voucher_amount_and_currency', why: 'The same amount and the same currency in an object.' },
    {
      name: 'voucher_home_currency',
      critical: true,
      why: 'The amount stays and the currency becomes that of the airline, so other money is promised.',
    },
  ),
];
