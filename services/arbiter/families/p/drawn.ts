/** What legacy itself draws anew in every run: tokens, numbers, signatures and orders. */
import { type Family, twins } from '../kit.ts';
import { json, list } from '../kit-values.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['cartToken', 'sessionKey', 'csrfToken', 'basketId'],
      least: 6,
      always: true,
      common: (random) => json(random.hex(32)),
      value: (random, same) => ({
        legacy: json(random.hex(32)),
        legacy2: json(random.hex(32)),
        right: json(random.hex(32)),
        wrong: same,
      }),
    },
    {
      name: 'cart-token-drawn-anew',
      why: 'The token is drawn anew at each request by both systems, and has the same form.',
    },
    {
      name: 'cart-token-shared-by-all',
      critical: true,
      why: 'Every customer gets the same token, where legacy draws a new one at each request.',
    },
  ),
  ...twins(
    {
      fields: ['recommendations', 'alsoBought', 'freeDesks', 'teasers'],
      least: 5,
      value: (random) => {
        const codes = Array.from({ length: 5 }, () => json(`P${random.int(10_000, 99_999)}`));
        const modern = random.shuffled(codes);
        return {
          legacy: list(codes),
          legacy2: list(random.shuffled(codes)),
          right: list(modern),
          wrong: list([...modern.slice(0, 4), modern[0] ?? '']),
        };
      },
    },
    {
      name: 'list-dealt-in-any-order',
      why: 'The same codes come in another order, as they do in the second run of legacy.',
    },
    {
      name: 'list-with-one-code-twice',
      critical: false,
      why: 'One of the codes is missing and another stands there twice, which no order of the list explains.',
    },
  ),
  ...twins(
    {
      fields: ['confirmationNumber', 'ticket', 'bookingRef', 'vorgangsnummer'],
      least: 4,
      common: (random) => random.int(10_000, 60_000),
      value: (random, start) => {
        const number = (of: number) => json(`T-2026-${String(of).padStart(6, '0')}`);
        const first = start + random.int(0, 900);
        return {
          legacy: number(first),
          legacy2: number(first + random.int(1, 9)),
          right: number(start + random.int(200_000, 209_000)),
          wrong: 'null',
        };
      },
    },
    {
      name: 'confirmation-number-of-own-sequence',
      why: 'Each booking draws the next number of the same form, so two runs of legacy differ too.',
    },
    {
      name: 'confirmation-number-missing',
      critical: true,
      why: 'There is no confirmation number where both runs of legacy give one, so nobody can refer to the booking.',
    },
  ),
  ...twins(
    {
      fields: ['uploadUrl', 'signedLink', 'labelUrl', 'downloadLink'],
      least: 3,
      value: (random) => {
        const [document, expires] = [random.int(10_000, 99_999), random.int(1_790_000_000, 1_799_000_000)];
        const link = (of: number, late: number) =>
          json(
            `https://files.shop.example/labels/${of}.pdf?expires=${expires + late}&signature=${random.hex(40)}`,
          );
        return {
          legacy: link(document, 0),
          legacy2: link(document, random.int(1, 5)),
          right: link(document, random.int(1, 5)),
          wrong: link(document + random.int(1, 40), random.int(1, 5)),
        };
      },
    },
    {
      name: 'signed-link-of-same-file',
      why: 'Expiry and signature are new in every run, of legacy too; the file is the same.',
    },
    {
      name: 'signed-link-of-another-file',
      critical: true,
      why: 'Both runs of legacy link to one file and the rewrite to another, validly signed.',
    },
  ),
];
