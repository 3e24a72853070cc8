import type { Explanation } from './sample.ts';

/** How far one cause may reach. */
type Reach =
  /** Every field of every route that shows the same with the same parameters: all amounts in cents, all dates in another zone. */
  | 'everywhere'
  /** The same field of every route: a header, an amount of the same name. */
  | 'field'
  /** All fields of one route. */
  | 'route'
  /** This field of this route. */
  | 'own';

const REACH: Readonly<Record<string, Reach>> = {
  added: 'route',
  cap: 'field',
  'cap-missing': 'field',
  clock: 'field',
  collapsed: 'field',
  constant: 'field',
  'copied-from-request': 'field',
  'elements-added': 'route',
  'elements-lost': 'route',
  empty: 'field',
  floor: 'field',
  'floor-missing': 'field',
  inverted: 'field',
  missing: 'route',
  'not-deterministic': 'field',
  null: 'field',
  'noise-bias': 'field',
  page: 'everywhere',
  renamed: 'field',
  zero: 'field',
};

/**
 * These say little of the values, so without a condition they stand for themselves; what differs for the same requests only (all of VIP
 * customers, say) is one finding, in however many fields it shows.
 */
const VAGUE: ReadonlySet<string> = new Set(['one-way', 'only-when']);

/** Where a field stands; the same for all deployments of modern. */
export interface Place {
  readonly group: string;
  readonly route: string;
  readonly field: string;
}

/**
 * What a field has in common with others of the same cause: equal signatures are one cause. Two fields share one only when the same
 * hypothesis explains them with the same parameters and under the same condition.
 */
export function signatureOf(
  { group, route, field }: Place,
  explanation: Pick<Explanation, 'hypothesis' | 'parameters' | 'condition' | 'formula'> | undefined,
): string {
  if (explanation === undefined) return JSON.stringify(['own', group, route, field]);
  const { hypothesis, parameters, condition = '' } = explanation;
  const reach = REACH[hypothesis] ?? (VAGUE.has(hypothesis) && condition === '' ? 'own' : 'everywhere');
  const where = { everywhere: [], field: [leafOf(field)], route: [group, route], own: [group, route, field] }[
    reach
  ];
  // Counts of what was seen so far are no part of what it is.
  const {
    above: _above,
    below: _below,
    pairs: _pairs,
    bias: _bias,
    legacyValues: _values,
    ...fixed
  } = parameters;
  return JSON.stringify([hypothesis, where, Object.entries(fixed).sort(), condition]);
}

/** Of what a rule asks whatever the values look like: they tell no cause, so that all fields of a route that it asks of are one. */
export function signatureOfAsked({ group, route }: Omit<Place, 'field'>, rule: string): string {
  return JSON.stringify(['asked', rule, [group, route]]);
}

/** The hypothesis of a signature; `own` when nothing explains the field. */
export function hypothesisOf(signature: string): string {
  return /^\["([a-z0-9-]+)"/.exec(signature)?.[1] ?? 'own';
}

/** `body.items[*].amount` → `amount`; headers, trailers and the status by their whole name. */
export function leafOf(field: string): string {
  if (!field.startsWith('body')) return field;
  return /(?:\.|^)([^.[\]]+)(?:\[\*\])*$/.exec(field)?.[1] ?? field;
}
