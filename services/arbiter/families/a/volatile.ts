/** Fields that legacy itself answers differently each time, which is no licence to answer anything. */
import { twins } from '../kit.ts';
import { Day, json } from '../kit-values.ts';

const offers = ['OF-118', 'OF-204', 'OF-377', 'OF-419', 'OF-562', 'OF-633'] as const;

export const families = [
  ...twins(
    {
      fields: ['otp', 'smsCode', 'tan', 'challenge'],
      least: 4,
      always: true,
      common: (random) => random.pick(['000000', '123456', '111111']),
      value(random, constant) {
        return {
          legacy: json(random.digits(6)),
          legacy2: json(random.digits(6)),
          right: json(random.digits(6)),
          wrong: json(constant),
        };
      },
    },
    { name: 'one_time_code', why: 'A fresh six-digit code in every run of legacy and in the rewrite.' },
    {
      name: 'one_time_code_constant',
      critical: true,
      why: 'Legacy draws a fresh code each time; the rewrite always answers the same one.',
    },
  ),
  ...twins(
    {
      fields: ['nonce', 'csrfToken', 'handshakeSalt'],
      least: 4,
      value(random) {
        return {
          legacy: json(random.hex(32)),
          legacy2: json(random.hex(32)),
          right: json(random.hex(32)),
          wrong: json(''),
        };
      },
    },
    {
      name: 'nonce_of_32_hex_digits',
      why: 'Random in every run of legacy; the rewrite draws as many hex digits.',
    },
    {
      name: 'nonce_empty',
      critical: true,
      why: 'Legacy always answers 32 random hex digits; the rewrite answers an empty text.',
    },
  ),
  ...twins(
    {
      fields: ['servedBy', 'region', 'applid', 'node'],
      least: 3,
      value(random) {
        const host = (kind: string) => json(`CICS${kind}${random.int(1, 4)}`);
        return { legacy: host('PRD'), legacy2: host('PRD'), right: host('PRD'), wrong: host('TST') };
      },
    },
    {
      name: 'region_of_the_pool',
      why: 'Any production region of the pool answers, as in the second run of legacy.',
    },
    {
      name: 'region_of_the_test_system',
      critical: true,
      why: 'Legacy is always served by a production region (PRD) and the rewrite by a test region (TST).',
    },
  ),
  ...twins(
    {
      fields: ['receiptNo', 'journalNumber', 'batchReference', 'RUN-NO'],
      least: 3,
      value(random) {
        const day = Day.any(random, 2022, 2026);
        const number = (of: Day) => json(`${of.iso.replaceAll('-', '')}-${random.digits(6)}`);
        return {
          legacy: number(day),
          legacy2: number(day),
          right: number(day),
          wrong: number(day.plus(-random.int(365, 400))),
        };
      },
    },
    {
      name: 'number_of_the_day',
      why: 'The number behind the date is new in every run of legacy; the date is the same on both sides.',
    },
    {
      name: 'number_of_another_day',
      critical: false,
      why: 'The date in front of the running number is stable in legacy and more than a year earlier in the rewrite.',
    },
  ),
  ...twins(
    {
      fields: ['offers', 'recommendations', 'teaserIds'],
      least: 3,
      value(random) {
        const shown = random.shuffled(offers).slice(0, 4);
        const again = () => json(random.shuffled(shown));
        return {
          legacy: json(shown),
          legacy2: again(),
          right: again(),
          wrong: json(random.shuffled([...shown.slice(1), shown[1]])),
        };
      },
    },
    {
      name: 'offers_in_any_order',
      why: 'Legacy shuffles the same offers on every call, and so does the rewrite.',
    },
    {
      name: 'offer_shown_twice',
      critical: false,
      why: 'Whatever the order, one offer is missing and another one stands there twice.',
    },
  ),
];
