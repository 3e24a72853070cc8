/** Migrations of stored rows. */
import type { Family } from '../kit.ts';
import { Day, json } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { broken, pair, person, same, zulu } from './parts.ts';

export const families: readonly Family[] = [
  ...same(
    ['GET /documents/{id}', 'GET /contracts/{id}/pdf'],
    {
      fields: ['sha256', 'checksum', 'fileHash'],
      clear: true,
      value(random) {
        const hash = random.hex(64);
        return { legacy: json(hash.toUpperCase()), right: json(hash) };
      },
    },
    ['hash_in_small_letters', 'The same hash with small instead of capital hexadecimal digits.'],
  ),
  ...pair(
    ['GET /me', 'GET /customers/{id}'],
    {
      fields: ['email', 'login', 'notificationAddress'],
      always: true,
      value(random) {
        const [given = '', last = ''] = person(random).split(' ');
        const tag = random.chance(0.4) ? `+${random.pick(['bank', 'shop', 'bills'])}` : '';
        const at = `@${random.pick(['Mail', 'Post', 'Gmx'])}.example`;
        const local = `${given}.${last}`;
        return shownJson(
          `${local}${tag}${at}`,
          `${local}${tag}${at.toLowerCase()}`,
          `${local}${tag.slice(1)}${at.toLowerCase()}`,
        );
      },
    },
    ['domain_in_small_letters', 'The domain of an e-mail address has no case.'],
    [
      'plus_sign_removed',
      'The import removed the plus sign from addresses, which now belong to somebody else or nobody.',
      'critical',
    ],
  ),
  ...broken(
    ['GET /claims/{id}', 'GET /patients/{id}', 'GET /tickets/{id}'],
    {
      fields: ['description', 'freeText', 'note'],
      always: true,
      value(random) {
        const km = random.int(2, 90);
        const legacy = random.pick([
          `Driven ${km} km since`,
          `Blood sugar <${km + 60} before breakfast, else call`,
          `Damage < ${km * 10} EUR, repair approved`,
          `Called ${km} min later, no answer`,
          `Dose if weight <${km + 20} kg: half a tablet`,
          `Photo ${km} shows a dent`,
        ]);
        return shownJson(legacy, legacy, legacy.split('<')[0]!.trimEnd());
      },
    },
    [
      'text_cut_as_markup',
      'A sanitiser takes < for the start of a tag, so notes end before the number that matters.',
      'critical',
    ],
  ),
  ...broken(
    ['GET /policies/{id}', 'GET /contracts/{id}'],
    {
      fields: ['contract', 'cover', 'terms'],
      always: true,
      least: 12,
      value(random) {
        const day = Day.any(random, 2006, 2025);
        const excess = random.pick([150, 300, 500, 1000]);
        const as = (value: number | null) => ({ signedOn: day.iso, excess: value });
        return shownJson(as(excess), as(excess), as(day.year < 2015 ? null : excess));
      },
    },
    [
      'rows_of_old_layout',
      'Contracts of before 2015 have another layout, which the import did not read: their excess is gone.',
      'critical',
    ],
  ),
  ...broken(
    ['GET /customers/{id}', 'GET /contracts/{id}'],
    {
      fields: ['createdAt', 'customerSince', 'openedAt'],
      clear: true,
      common: (random) => Date.UTC(2026, random.int(0, 8), random.int(1, 28), 1, 10),
      value(random, night) {
        const legacy = zulu(Day.any(random, 2004, 2024).date.getTime() + random.int(25_000, 70_000) * 1000);
        return shownJson(legacy, legacy, zulu(night + random.int(0, 5400) * 1000));
      },
    },
    [
      'created_in_migration_night',
      'The import let the database set the creation time, so old rows were all made in one night.',
      'minor',
    ],
  ),
];
