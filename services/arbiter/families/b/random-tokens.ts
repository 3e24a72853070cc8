/** Families of tokens that have to be unpredictable. */
import { defect, type Family, twins } from '../kit.ts';
import { json } from '../kit-values.ts';

export const families: Family[] = [
  ...twins(
    {
      fields: ['sessionToken', 'csrf', 'nonce', 'accessKey'],
      least: 6,
      always: true,
      common: (random) => ({ length: random.pick([24, 32, 40]), fixed: random.hex(40) }),
      value(random, { length, fixed }) {
        const token = (): string => json(random.hex(length));
        return { legacy: token(), right: token(), wrong: json(fixed.slice(0, length)), legacy2: token() };
      },
    },
    {
      name: 'b_random_token',
      why: 'Legacy draws a new random token at every run, and so does the rewrite, of the same length and alphabet.',
    },
    {
      name: 'b_random_token_constant',
      critical: true,
      why: 'A token that legacy draws anew each time is the same for everybody in the rewrite.',
    },
  ),
  defect(
    {
      fields: ['resetToken', 'sid', 'activationKey', 'state'],
      least: 6,
      always: true,
      common: (random) => ({ next: random.int(1000, 900_000) }),
      value(random, counter) {
        counter.next += random.int(1, 3);
        const token = (): string => json(random.hex(32));
        const wrong = json(counter.next.toString(16).padStart(32, '0'));
        return { legacy: token(), right: token(), wrong, legacy2: token() };
      },
    },
    {
      name: 'b_random_token_counts_up',
      critical: true,
      why: 'Tokens that were random became a padded counter, so anybody can guess the next one.',
    },
  ),
];
