/** Values that are absent, empty or zero, and sensors that give nothing new. */
import { type Family, twins } from '../kit.ts';
import { json } from '../kit-values.ts';

const contraindications = ['PREGNANCY', 'ASTHMA', 'RENAL_FAILURE', 'EPILEPSY', 'GLAUCOMA'];

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['contraindications', 'blockedFor', 'exclusions'],
      least: 4,
      value(random) {
        const count = random.pick([0, 0, 1, 1, 2, 3]);
        if (count === 0) return { legacy: undefined, right: '[]' };
        const items = json(random.shuffled(contraindications).slice(0, count));
        return count === 1 ? { legacy: items, right: items, wrong: '[]' } : { legacy: items, right: items };
      },
    },
    {
      name: 'l_no_members_empty_list',
      why: 'Legacy leaves the list out where it has no members, the rewrite sends it empty; the others are equal.',
    },
    {
      name: 'l_single_member_list_empty',
      critical: true,
      why: 'Lists of a single member come back empty, so a contraindication is lost.',
    },
  ),
  ...twins(
    {
      fields: ['creditBalance', 'openOrders', 'stock'],
      least: 5,
      value(random) {
        if (random.chance(0.3)) return { legacy: '""', right: undefined };
        if (random.chance(0.35)) return { legacy: '"0"', right: '0', wrong: undefined };
        const count = random.int(1, 400);
        return { legacy: json(String(count)), right: String(count) };
      },
    },
    {
      name: 'l_empty_text_left_out',
      why: 'An empty text and an absent member both give no value; every given number is the same.',
    },
    {
      name: 'l_falsy_zero_left_out',
      critical: false,
      why: 'A known zero is left out as though nothing were known, since zero counts as false.',
    },
  ),
  ...twins(
    {
      fields: ['heartRate', 'pulse', 'bpm'],
      clear: true,
      least: 12,
      always: true,
      common: (random) => random.int(64, 82),
      value(random, stuck) {
        const rate = random.int(56, 124);
        const near = () => json(rate + random.int(-2, 2));
        return { legacy: near(), right: near(), wrong: json(stuck), legacy2: near() };
      },
    },
    {
      name: 'l_pulse_sampled_again',
      why: 'The pulse is measured again in each run and stays as close as two runs of legacy do.',
    },
    {
      name: 'l_pulse_stuck',
      critical: true,
      why: 'The rewrite answers the same pulse for everybody while both runs of legacy agree on others.',
    },
  ),
];
