/** A property portal takes the search out of its monolith into a service of its own. */
import type { Family } from '../kit.ts';
import { json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';
import { both } from './mirrored.ts';

const searchRoutes = ['GET /search', 'GET /listings', 'POST /search/advanced'];

const totals = both(
  {
    fields: ['totalHits', 'resultCount', 'matches'],
    routes: searchRoutes,
    always: true,
    alike: true,
    value(random) {
      const hits = minorUnits(random, 3, 90_000);
      return shown(json(String(hits)), String(hits), String(Math.min(hits, 10_000)));
    },
    least: 12,
  },
  {
    name: 'ee_hits_as_number',
    why: 'The same count as a JSON number instead of text.',
  },
  {
    name: 'ee_hits_capped',
    critical: false,
    why: 'The search engine stops counting at 10,000, so larger results all show that number.',
  },
);

const longIds = both(
  {
    fields: ['listingId', 'advertiserId', 'documentId'],
    routes: ['GET /listings/{id}', ...searchRoutes],
    always: true,
    alike: true,
    value(random) {
      const id = `${random.int(11, 91)}${random.digits(random.int(15, 16))}`;
      return shown(id, json(id), json(String(BigInt(Math.round(Number(id))))));
    },
  },
  {
    name: 'ee_long_id_as_text',
    why: 'The same digits as text, so that no browser rounds them.',
  },
  {
    name: 'ee_long_id_rounded',
    critical: true,
    why: 'The id went through a double and its last digits changed: it names another record or none.',
  },
);

const byPrice = both(
  {
    fields: ['cheapestFirst', 'sortedByRent', 'resultsByPrice'],
    clear: true,
    routes: ['GET /search', 'GET /listings'],
    always: true,
    alike: true,
    value(random) {
      const found = Array.from({ length: random.int(2, 6) }, () => ({
        id: json(`L${random.digits(6)}`),
        rent: random.int(28, 260) * 10 - random.pick([0, 1, 5]),
      }));
      const ascending = [...found].sort((a, b) => a.rent - b.rent);
      const asText = [...found].sort((a, b) => (String(a.rent) < String(b.rent) ? -1 : 1));
      const written = (hits: typeof found, rent: (value: number) => string) =>
        list(hits.map((hit) => object({ id: hit.id, rent: rent(hit.rent) })));
      const equalRents = new Set(found.map((hit) => hit.rent)).size < found.length;
      const [legacy, right] = [written(ascending, (rent) => json(`${rent}.00`)), written(ascending, String)];
      return equalRents ? { legacy, right } : shown(legacy, right, written(asText, String));
    },
  },
  {
    name: 'ee_rents_as_numbers',
    why: 'The same listings in the same order, with rents as numbers.',
  },
  {
    name: 'ee_rents_sorted_as_text',
    critical: false,
    why: 'The list should start with the cheapest but is sorted as text: 1250 comes before 480.',
  },
);

const capped = both(
  {
    fields: ['listingIds', 'savedListings', 'favourites'],
    routes: ['GET /me/favourites', ...searchRoutes],
    always: true,
    alike: true,
    common: (random) => ({ cap: random.pick([10, 12]), many: random.pick([0.2, 0.5]) }),
    value(random, { cap, many }) {
      const length = random.chance(many) ? random.int(cap + 1, cap + 8) : random.int(0, cap - 2);
      const ids = Array.from({ length }, () => String(random.int(100_000, 999_999)));
      return shown(list(ids.map((id) => json(id))), list(ids), list(ids.slice(0, cap)));
    },
  },
  {
    name: 'ee_ids_as_numbers',
    why: 'The same ids in the same order, as numbers instead of texts.',
  },
  {
    name: 'ee_default_page_size',
    critical: false,
    why: 'The list ends after a default number of entries, and the rest of the longer lists is missing.',
  },
);

export const families: Family[] = [...totals, ...longIds, ...byPrice, ...capped];
