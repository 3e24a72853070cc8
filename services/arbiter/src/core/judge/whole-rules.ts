import type { NoiseRule } from './noise/rules.ts';

/** What is judged of values as a whole, before or beside their members, for the documentation. */
export type WholeRule = NoiseRule;

const bug = (name: string, when: string): WholeRule => ({ name, verdict: 'bug', when });
const ask = (name: string, when: string): WholeRule => ({ name, verdict: 'ask', when });

export const WHOLE_RULES: readonly WholeRule[] = [
  bug(
    'answer-of-another-request',
    'A whole object that legacy gave for another request, of which several members differ, and which no other request has.',
  ),
  bug(
    'names-crossed',
    'The same names and the same values on both sides, but values under others of these names (billing_city and shipping_city).',
  ),
  bug(
    'keys-opposed',
    'A truth value under a key that says the opposite of legacy’s (blocked, usable) and is the same; the last day of a period under the key of the day after it.',
  ),
  bug('keys-moved', 'The same values in the same order under other months or days.'),
  bug(
    'flags-turned',
    'Flags in a notation of each side (X and blank, true and false), of which one says no in the one and yes in the other.',
  ),
  bug('pair-swapped', 'Base and quote of a pair of currencies are confused: EUR/GBP with GBP as the base.'),
  bug(
    'members-swapped',
    'A text taken apart, of which a member stands where the text tells another one, or against the order that the names ask for.',
  ),
  bug(
    'minor-units-misread',
    'Minor units told as an amount by another number of digits than the currency beside them has: 51663 JPY as 516.63.',
  ),
  bug('fraction-overfull', 'A percentage as it is under the name of a fraction: 75% and {"fraction":75}.'),
  bug(
    'total-broken',
    'One number that follows from all others in legacy’s answers, and does not in modern’s.',
  ),
  bug(
    'weekday-contradicted',
    'A day of the week that the date beside it is not, where legacy’s is: {"date":"2025-09-08","day":"TUESDAY"}.',
  ),
  ask(
    'keys-renamed',
    'A member that only one side has, while the other side has others in its place: the same under another name, or not.',
  ),
  ask(
    'digits-one-way',
    'Further digits that make all values larger, or all smaller: legacy may cut, or modern’s are other values.',
  ),
  ask(
    'end-of-ban',
    'A last of days that modern leaves out beside a member that says that something is barred: it may never end, or not be at all.',
  ),
  ask(
    'too-much-to-judge',
    'More observations, or larger ones, than may be judged at once: the first ones show no bug, the others may.',
  ),
  ask('nothing-observed', 'No observation at all: no evidence is no agreement.'),
  ask('unproven', 'Whatever no rule proves or disproves.'),
];
