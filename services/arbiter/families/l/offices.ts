/** Public offices: consents, rights, documents, plates, records. */
import { createHash } from 'node:crypto';
import { type Family, twins } from '../kit.ts';
import { Day, json, streets } from '../kit-values.ts';

const emptyHash = createHash('sha256').update('').digest('hex');
const purposes = ['newsletter', 'profiling', 'research', 'thirdParties'];
const states = ['FILED', 'REVIEWED', 'APPROVED', 'ISSUED'];
const triads = ['---', 'r--', 'rw-', 'r-x', 'rwx'];

const octal = (triad: string) =>
  [...triad].reduce((sum, character, at) => sum + (character === '-' ? 0 : 4 >> at), 0);

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['consents', 'permissions', 'agreed'],
      value(random) {
        const given = purposes.map((name) => [name, random.chance(0.5)] as const);
        const answer = (of: (flag: boolean) => unknown) =>
          json(Object.fromEntries(given.map(([name, flag]) => [name, of(flag)])));
        const right = {
          legacy: answer((flag) => (flag ? 'X' : ' ')),
          right: answer((flag) => flag),
        };
        return given.every(([, flag]) => flag) ? right : { ...right, wrong: answer(() => true) };
      },
    },
    { name: 'l_checkbox_x_booleans', why: 'An X in the box is true and an empty box is false.' },
    {
      name: 'l_checkbox_blank_is_consent',
      critical: true,
      why: 'Empty boxes are returned as consent that nobody gave.',
    },
  ),
  ...twins(
    {
      fields: ['fileMode', 'archiveRights', 'accessMask'],
      value(random) {
        const [owner, group, others] = [
          random.pick(['rw-', 'rwx']),
          random.pick(triads),
          random.pick(['---', '---', 'r--']),
        ];
        const digits = [owner, group, others].map(octal);
        const right = { legacy: json(`${owner}${group}${others}`), right: json(digits.join('')) };
        return others === '---' ? { ...right, wrong: json([...digits.slice(0, 2), 4].join('')) } : right;
      },
    },
    {
      name: 'l_mode_octal',
      why: 'The octal digits stand for exactly the same read, write and execute rights.',
    },
    {
      name: 'l_mode_world_readable',
      critical: true,
      why: 'The last digit lets everybody read although legacy gives others no right.',
    },
  ),
  ...twins(
    {
      fields: ['sha256', 'documentHash', 'fingerprint'],
      least: 3,
      value(random) {
        const hash = random.hex(64);
        return {
          legacy: json((hash.match(/../g) ?? []).join(':').toUpperCase()),
          right: json(hash),
          wrong: json(emptyHash),
        };
      },
    },
    { name: 'l_hash_plain_hex', why: 'The same bytes in lower-case hexadecimal without colons.' },
    {
      name: 'l_hash_of_nothing',
      critical: true,
      why: 'Different documents have got the SHA-256 of the empty input.',
    },
  ),
  ...twins(
    {
      fields: ['licensePlate', 'registrationMark', 'kennzeichen'],
      value(random) {
        const [district, letters] = [
          random.pick(['B', 'M', 'K', 'F', 'S']),
          random.pick(['MW', 'AB', 'RT', 'OX', 'NE']),
        ];
        const number = random.int(10, 9999);
        return {
          legacy: json(`${district}-${letters} ${number}`),
          right: json({ district, mark: letters, number }),
          wrong: json({ district: `${district}${letters.slice(0, 1)}`, mark: letters.slice(1), number }),
        };
      },
    },
    {
      name: 'l_plate_parts',
      why: 'District, letters and number are the parts between the separators of the plate.',
    },
    {
      name: 'l_plate_split_elsewhere',
      critical: true,
      why: 'A letter moved into the district, which is the plate of another vehicle.',
    },
  ),
  ...twins(
    {
      fields: ['residence', 'registeredAddress', 'serviceAddress'],
      least: 2,
      value(random) {
        const [street, number] = [random.pick(streets), random.int(1, 140)];
        const suffix = random.chance(0.6) ? random.pick(['a', 'b', 'c', '/3', '/12']) : '';
        const split = (houseNumber: string) => json({ street, houseNumber });
        const right = { legacy: json(`${street} ${number}${suffix}`), right: split(`${number}${suffix}`) };
        return suffix === '' ? right : { ...right, wrong: split(String(number)) };
      },
    },
    { name: 'l_house_number_split', why: 'Street and house number, suffix included, stand in two members.' },
    {
      name: 'l_house_number_suffix_lost',
      critical: false,
      why: 'The letter or flat of the house number is lost, so the letter goes to another door.',
    },
  ),
  ...twins(
    {
      fields: ['history', 'caseLog', 'transitions'],
      once: true,
      value(random) {
        let day = Day.any(random, 2019, 2025);
        const events = states.slice(0, random.int(2, 4)).map((state) => {
          day = day.plus(random.int(1, 40));
          return { state, day };
        });
        const paired = (shift: number) =>
          json(
            Object.fromEntries(
              events.map(({ state }, at) => [state, events[(at + shift) % events.length]?.day.iso]),
            ),
          );
        return {
          legacy: json(
            events.map((event) => ({ state: event.state, date: event.day.iso.replaceAll('-', '') })),
          ),
          right: paired(0),
          wrong: paired(1),
        };
      },
    },
    {
      name: 'l_history_keyed_by_state',
      why: 'Every state keeps its date; the list became an object with the states as keys.',
    },
    {
      name: 'l_history_dates_rotated',
      critical: false,
      why: 'The dates belong to the neighbouring states, so a case was approved before it was filed.',
    },
  ),
  ...twins(
    {
      fields: ['fault', 'error', 'problem'],
      value(random) {
        const [thing, id] = [random.pick(['Permit', 'Citizen', 'Vehicle', 'Parcel']), random.digits(7)];
        const problem = (status: number, title: string) => json({ status, title });
        return {
          legacy: json({ faultcode: 'Client.NotFound', faultstring: `${thing} ${id} not found` }),
          right: problem(404, `${thing} ${id} not found`),
          wrong: problem(200, 'OK'),
        };
      },
    },
    {
      name: 'l_soap_fault_problem',
      why: 'The fault and the problem both say that the named record was not found.',
    },
    {
      name: 'l_soap_fault_reported_ok',
      critical: false,
      why: 'Legacy says that the record does not exist, the rewrite says that all is well.',
    },
  ),
];
