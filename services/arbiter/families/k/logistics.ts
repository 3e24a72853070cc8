/** Logistics: sizes, weights, dangerous goods, packs, trees and routes. */
import { type Family, type Random, twins } from '../kit.ts';
import { json, list, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const sizes = twins(
  {
    fields: ['dimensions', 'parcelSize', 'palletSize'],
    once: true,
    value(random: Random) {
      const [l, w, h] = [random.int(90, 120), random.int(40, 89), random.int(5, 39)];
      const box = (length: number, width: number, height: number) =>
        object({ length: `${length}0`, width: `${width}0`, height: `${height}0`, unit: json('mm') });
      return shown(json(`L ${l} x W ${w} x H ${h} cm`), box(l, w, h), box(l, h, w));
    },
  },
  { name: 'k_box_cm_to_mm', why: 'Length, width and height are the same; ten millimetres are a centimetre.' },
  {
    name: 'k_box_width_height_swapped',
    why: 'Width and height of the box changed places.',
    critical: false,
  },
);

const pounds = twins(
  {
    fields: ['grossWeight', 'weight', 'billedWeight'],
    value(random: Random) {
      const [lb, oz] = [random.int(1, 90), random.pick([2, 4, 6, 8, 10, 12, 14])];
      const weight = (value: string) => object({ value, unit: json('lb') });
      return shown(json(`${lb} lb ${oz} oz`), weight(String(lb + oz / 16)), weight(`${lb}.${oz}`));
    },
  },
  {
    name: 'k_pounds_ounces_to_decimal',
    why: 'Sixteen ounces are a pound, so the decimal pounds are the same weight.',
  },
  {
    name: 'k_ounces_as_decimals',
    why: 'The ounces were written behind the decimal point of the pounds, which is another weight.',
    critical: true,
  },
);

const dangerous = twins(
  {
    fields: ['dangerousGoods', 'hazmat', 'adr'],
    value(random: Random) {
      const [un, hazard, group] = [
        `${random.int(1001, 3480)}`,
        random.pick(['3', '8', '6.1', '5.1', '4.3']),
        random.pick(['I', 'II', 'III']),
      ];
      const goods = (packing: string) =>
        object({ un: json(un), class: json(hazard), packingGroup: json(packing) });
      return shown(
        json(`UN ${un}, ${hazard}, PG ${group}`),
        goods(group),
        goods(group === 'III' ? 'III' : `${group}I`),
      );
    },
  },
  {
    name: 'k_dangerous_goods_split',
    why: 'UN number, class and packing group are the same in text and members.',
  },
  {
    name: 'k_dangerous_goods_lower_group',
    why: 'Goods of packing group I or II are declared in the next less dangerous group.',
    critical: true,
  },
);

const cold = twins(
  {
    fields: ['transportTemperature', 'coldChain', 'reeferSetpoint'],
    value(random: Random) {
      const max = random.chance(0.7) ? -random.int(15, 22) : random.int(2, 8);
      const celsius = (value: number) => object({ value: String(value), unit: json('C') });
      return shown(json(`${max} °C`), celsius(max), celsius(Math.abs(max)));
    },
  },
  {
    name: 'k_reefer_setpoint_object',
    why: 'The temperature is the same figure, now with the unit beside it.',
  },
  {
    name: 'k_reefer_setpoint_minus_lost',
    why: 'Frozen goods are to be carried at the same figure above zero.',
    critical: true,
  },
);

const dozens = twins(
  {
    fields: ['orderedQuantity', 'delivered', 'packQuantity'],
    value(random: Random) {
      const dozen = random.int(1, 60);
      const count = (quantity: number, unit: string) =>
        object({ quantity: String(quantity), unit: json(unit) });
      return shown(count(dozen * 12, 'piece'), count(dozen, 'dozen'), count(dozen * 12, 'dozen'));
    },
  },
  { name: 'k_pieces_in_dozens', why: 'Twelve pieces are a dozen, so the quantities are equal.' },
  {
    name: 'k_pieces_relabelled_dozens',
    why: 'The number of pieces is answered as a number of dozens, twelve times too many.',
    critical: true,
  },
);

const trees = twins(
  {
    fields: ['billOfMaterial', 'assembly', 'packingHierarchy'],
    value(random: Random) {
      const [root, left, right, leaf] = Array.from({ length: 4 }, (_, at) => `P${at}${random.digits(4)}`) as [
        string,
        string,
        string,
        string,
      ];
      const node = (id: string, children: readonly string[]) =>
        object({ id: json(id), children: list(children) });
      const legacy = node(root, [node(left, [node(leaf, [])]), node(right, [])]);
      const flat = (parent: string) =>
        list(
          [
            [root, 'null'],
            [left, json(root)],
            [right, json(root)],
            [leaf, json(parent)],
          ].map(([id, of]) => object({ id: json(id), parent: of! })),
        );
      return shown(legacy, flat(left), flat(root));
    },
  },
  {
    name: 'k_tree_to_parent_list',
    why: 'Every part has the same parent in the nested tree and in the flat list.',
  },
  {
    name: 'k_tree_flattened_under_root',
    why: 'A part of the inner assembly now hangs directly under the root.',
    critical: false,
  },
);

export const families: readonly Family[] = [...sizes, ...pounds, ...dangerous, ...cold, ...dozens, ...trees];
