/** Values that legacy makes anew at each run, and defects outside of what it ever shows. */
import { type Family, twins } from '../kit.ts';
import { json } from '../kit-values.ts';

const enrichment = twins(
  {
    fields: ['creditScoreHint', 'geoHint', 'weather'],
    least: 20,
    always: true,
    value(random) {
      const text = json(`${random.pick(['A', 'B', 'C'])}${random.int(1, 9)}`);
      const maybe = () => (random.chance(0.3) ? 'null' : text);
      return { legacy: maybe(), legacy2: maybe(), right: maybe(), wrong: 'null' };
    },
  },
  {
    name: 'c_enrichment_sometimes_null',
    why: 'A third of the answers is null in each run, of legacy too; others agree.',
  },
  { name: 'c_enrichment_always_null', critical: false, why: 'Legacy mostly has a value, the rewrite never.' },
);

const elapsed = twins(
  {
    fields: ['elapsedMs', 'took', 'processingTime'],
    least: 10,
    always: true,
    value(random) {
      const took = () => String(random.int(20, 180));
      return { legacy: took(), legacy2: took(), right: took(), wrong: `-${took()}` };
    },
  },
  { name: 'c_elapsed_time', why: 'The time a request took, different at every run and of the same size.' },
  {
    name: 'c_elapsed_time_negative',
    critical: false,
    why: 'Legacy never shows a negative time; the ends were subtracted the wrong way.',
  },
);

const oneTime = twins(
  {
    fields: ['otpReference', 'uploadTicket', 'challenge'],
    least: 6,
    always: true,
    value: (random) => ({
      legacy: json(random.digits(8)),
      legacy2: json(random.digits(8)),
      right: json(random.digits(8)),
      wrong: json(random.digits(3)),
    }),
  },
  { name: 'c_random_digits', why: 'Eight random digits, new at each run on both sides.' },
  {
    name: 'c_random_digits_too_few',
    critical: true,
    why: 'Three digits instead of eight can be guessed; legacy never has so few.',
  },
);

export const families: readonly Family[] = [...enrichment, ...elapsed, ...oneTime];
