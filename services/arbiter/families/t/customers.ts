/** A retail chain: returns, the customer's app, collection (RPG and PL/SQL to Go). */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { cities, Day, json, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const returns = coded(
  ['returnReason', 'reason', 'F0032'],
  [
    ['DAMAGED', 'damaged'],
    ['WRONG SIZE', 'wrong_size', 'wrong_article'],
    ['WRONG ARTICLE', 'wrong_article', 'wrong_size'],
    ['CHANGED MIND', 'changed_mind', 'damaged'],
    ['RECALL', 'recall', 'changed_mind'],
  ],
  { name: 'return_reason_in_snake_case', why: 'The same reason in lower case with an underscore.' },
  {
    name: 'return_reason_of_another_kind',
    critical: false,
    why: 'Some reasons became another: a recalled article is returned because somebody changed their mind.',
  },
  4,
);

const page = twins(
  {
    fields: ['paging', 'resultPage', 'misc'],
    least: 3,
    value: (random) => {
      const [number, total] = [random.int(1, 4), random.int(12, 160)];
      const more = number * 20 < total;
      const answer = (next: boolean) =>
        object({ page: `${number}`, pageSize: '20', totalRows: `${total}`, hasMore: json(next) });
      const legacy = object({
        PAGE: json(`${number}`),
        PAGE_SIZE: '"20"',
        TOTAL_ROWS: json(`${total}`),
        HAS_MORE: more ? '"Y"' : '"N"',
      });
      return more ? shown(legacy, answer(true), answer(false)) : { legacy, right: answer(false) };
    },
  },
  {
    name: 'purchase_page_as_numbers',
    why: 'The same page of as many rows, with the same answer to whether there are more.',
  },
  {
    name: 'no_further_page_of_purchases',
    critical: false,
    why: 'The rewrite says that there are no more rows although the total it names exceeds the pages shown.',
  },
);

const basketToken = twins(
  {
    fields: ['basketToken', 'sessionToken'],
    clear: true,
    least: 5,
    value: (random) => {
      const token = () => json(random.hex(32));
      return { legacy: token(), right: token(), legacy2: token(), wrong: '""' };
    },
  },
  {
    name: 'basket_token_drawn_anew',
    why: 'Each run of legacy draws another random token of this form, as the rewrite does.',
  },
  {
    name: 'basket_token_empty',
    critical: true,
    why: 'Legacy always draws a token, the rewrite answers an empty one: the basket cannot be used.',
  },
);

const pickup = twins(
  {
    fields: ['pickupStore', 'collectionPoint', 'attr12'],
    once: true,
    value: (random) => {
      const [city, number] = [random.pick(cities), random.int(102, 989)];
      const day = Day.any(random, 2024, 2026);
      const at = `${random.int(10, 19)}:${random.pick(['00', '15', '30', '45'])}:00`;
      const answer = (store: number) =>
        object({ store: `${store}`, city: json(city), readyAt: json(`${day.iso}T${at}`) });
      const legacy = object({
        STORE: json(String(number).padStart(6, '0')),
        CITY: json(city.toUpperCase()),
        READY_AT: json(`${day.iso} ${at}`),
      });
      return shown(legacy, answer(number), answer(number + random.pick([-1, 1])));
    },
  },
  {
    name: 'pickup_store_renamed_parts',
    why: 'The same store, city and moment, in another case and without padding.',
  },
  {
    name: 'pickup_in_neighbouring_store',
    critical: true,
    why: 'The number of the store is one higher or lower: the goods wait somewhere else.',
  },
);

export const families: Family[] = [returns, page, basketToken, pickup].flat();
