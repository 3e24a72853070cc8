/** Fields that vary from run to run of the old system itself. */
import { type Family, type Random, twins } from '../kit.ts';
import { json, list } from '../kit-values.ts';

const signals = twins(
  {
    fields: ['signalDbm', 'rxLevel', 'rssi'],
    clear: true,
    least: 12,
    value(random: Random) {
      const base = random.int(-98, -62);
      const noisy = () => String(base + random.int(-2, 2));
      return { legacy: noisy(), legacy2: noisy(), right: noisy(), wrong: String(-base + random.int(-2, 2)) };
    },
  },
  {
    name: 'k_signal_measured_anew',
    why: 'The level wavers by the same few decibels between two runs of the old system.',
  },
  {
    name: 'k_signal_sign_lost',
    why: 'Levels that are always negative in the old system come out positive.',
    critical: false,
  },
);

const nonces = twins(
  {
    fields: ['challenge', 'nonce', 'oneTimeToken'],
    clear: true,
    least: 8,
    always: true,
    common: (random: Random) => random.hex(32),
    value(random: Random, fixed: string) {
      const fresh = () => json(random.hex(32));
      return { legacy: fresh(), legacy2: fresh(), right: fresh(), wrong: json(fixed) };
    },
  },
  {
    name: 'k_nonce_fresh',
    why: 'The old system makes a new random value each time, and so does the rewrite.',
  },
  {
    name: 'k_nonce_always_the_same',
    why: 'The rewrite answers one and the same value every time where each must be new.',
    critical: true,
  },
);

const allergens = ['penicillin', 'latex', 'nuts', 'iodine', 'aspirin', 'sulfa'] as const;

const sets = twins(
  {
    fields: ['allergies', 'contraindications', 'knownAllergens'],
    least: 6,
    value(random: Random) {
      const own = random.shuffled(allergens).slice(0, random.int(2, 5));
      const any = () => list(random.shuffled(own).map((name) => json(name)));
      return {
        legacy: any(),
        legacy2: any(),
        right: any(),
        wrong: list(
          random
            .shuffled(own)
            .slice(1)
            .map((name) => json(name)),
        ),
      };
    },
  },
  {
    name: 'k_allergies_in_any_order',
    why: 'The old system itself gives the same entries in another order on each run.',
  },
  {
    name: 'k_allergies_one_missing',
    why: 'Besides the order, which means nothing, an allergy of the patient is missing.',
    critical: true,
  },
);

export const families: readonly Family[] = [...signals, ...nonces, ...sets];
