/** Permits and fees of a city: .NET answers, rewritten in Python with Postgres. */
import { coded } from '../code-table.ts';
import { type Family, type Random, twins } from '../kit.ts';
import { decimal, json, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

/** The groups of a GUID: 8, 4, 4, 4 and 12 hexadecimal digits. */
const guidGroups = (random: Random) => [8, 4, 4, 4, 12].map((length) => random.hex(length));
const bytesReversed = (hex: string) => (hex.match(/../g) ?? []).reverse().join('');

const remarks = [
  'Reduced fee for students',
  'Stairs, no lift',
  'Needs interpreter',
  'Second copy',
  'Paid at the counter',
];

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['caseId', 'documentId', 'citizenKey', 'requestGuid'],
      value: (random) => {
        const groups = guidGroups(random);
        const mixed = groups.map((group, at) => (at < 3 ? bytesReversed(group) : group));
        return shown(
          json(`{${groups.join('-').toUpperCase()}}`),
          json(groups.join('-')),
          json(mixed.join('-')),
        );
      },
    },
    {
      name: 'guid-without-braces',
      why: 'The GUID has the same hexadecimal digits without braces and in small letters.',
    },
    {
      name: 'guid-bytes-of-first-groups-reversed',
      critical: true,
      why: 'The bytes of the first three groups are reversed, as .NET stores them, so it is another identifier.',
    },
  ),
  ...twins(
    {
      fields: ['hasDebt', 'permitGranted', 'IsResident', 'feeWaived'],
      value: (random) =>
        random.chance(0.5)
          ? { legacy: '"True"', right: 'true' }
          : { legacy: '"False"', right: 'false', wrong: 'true' },
    },
    {
      name: 'dotnet-boolean-text',
      why: '"True" and "False" are how .NET writes the two booleans.',
    },
    {
      name: 'false-text-is-true',
      critical: true,
      why: 'The text "False" became true: in Python every text that is not empty is.',
    },
  ),
  ...twins(
    {
      fields: ['fee', 'gebuehr', 'propertyTax', 'fine'],
      value: (random) => {
        const cents = random.int(500, 180_000);
        return shown(json(decimal(cents * 100, 4)), decimal(cents, 2), String(cents * 100));
      },
    },
    {
      name: 'money-column-two-decimals',
      why: 'The money column has four decimals, of which the last two are zeros; the fee is the same.',
    },
    {
      name: 'money-column-as-stored',
      critical: true,
      why: 'The fee is ten thousand times as high: the integer behind the currency type was answered.',
    },
  ),
  ...coded(
    ['permitStatus', 'decision', 'applicationState', 'bescheid'],
    [
      ['APPR', 'approved'],
      ['REJ', 'rejected', 'approved'],
      ['PEND', 'pending', 'approved'],
      ['WITHDR', 'withdrawn'],
      ['EXP', 'expired'],
    ],
    {
      name: 'permit-status-words',
      why: 'Each short code is answered by the word that it shortens.',
    },
    {
      name: 'rejected-permit-approved',
      critical: true,
      why: 'Applications that legacy calls rejected or pending are called approved.',
    },
    2,
  ),
  ...twins(
    {
      fields: ['remark', 'bemerkung', 'Comment', 'deskNote'],
      least: 3,
      value: (random) => {
        const text = json(random.pick(remarks));
        return random.chance(0.5)
          ? { legacy: '""', right: 'null', wrong: '"None"' }
          : { legacy: text, right: text };
      },
    },
    {
      name: 'no-remark-to-null',
      why: 'An empty remark and null both say that nobody remarked anything.',
    },
    {
      name: 'no-remark-says-none',
      critical: false,
      why: 'Where there is no remark the rewrite shows the word "None", which Python makes of nothing.',
    },
  ),
  ...twins(
    {
      fields: ['position', 'location', 'geo', 'siteLocation'],
      value: (random) => {
        const [lat, lon] = [
          decimal(random.int(475_000, 548_000), 4),
          decimal(random.int(62_000, 148_000), 4),
        ];
        const point = (first: string, second: string) =>
          object({ type: '"Point"', coordinates: `[${json(Number(first))},${json(Number(second))}]` });
        return shown(object({ lat: json(lat), lng: json(lon) }), point(lon, lat), point(lat, lon));
      },
    },
    {
      name: 'latitude-longitude-to-geojson',
      why: 'A GeoJSON point names the longitude first; both are the same place.',
    },
    {
      name: 'geojson-latitude-first',
      critical: false,
      why: 'A GeoJSON point names the longitude first, but here the latitude stands there: a place in another country.',
    },
  ),
];
