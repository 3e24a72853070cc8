import type { Side } from '../value/side.ts';
import { adds, asNumber, type Told, toldLine } from './told-lines.ts';

const LETTERS = 'ABCDEFGHJKLMNOPQRSTUVWXYZ';

/** Squares of 500 km from S, of 100 km within them; the rest is east and north, of as many digits each (Ordnance Survey). */
function metres(text: string): readonly [east: number, north: number, step: number] | undefined {
  const match = /^([HJNOST])([A-HJ-Z]) ?([0-9]{2,5}) ?([0-9]{2,5})$/.exec(text);
  if (match === null || match[3]?.length !== match[4]?.length) return undefined;
  const [, major = '', minor = '', east = '', north = ''] = match;
  const [a, b] = [LETTERS.indexOf(major), LETTERS.indexOf(minor)];
  const step = 10 ** (5 - east.length);
  return [
    (((a - 2 + 25) % 5) * 5 + (b % 5)) * 100_000 + Number(east) * step,
    (19 - Math.floor(a / 5) * 5 - Math.floor(b / 5)) * 100_000 + Number(north) * step,
    step,
  ];
}

const line = toldLine({
  name: 'grid-reference',
  reads:
    'A place of the British National Grid: "SU 70685 31101" and {"easting":470685,"northing":131101}; of fewer digits the corner of its square.',
  text(text): Told | undefined {
    const [east, north, step] = metres(text) ?? [];
    if (east === undefined || north === undefined) return undefined;
    return { east: String(east), north: String(north), step: String(step) };
  },
  needs: ['east', 'north'],
  members: [
    [/\beastings?\b/, asNumber('east')],
    [/\bnorthings?\b/, asNumber('north')],
    [/\bprecision\b|\bresolution\b/, asNumber('step')],
    [/^(?:crs|srs|grid|epsg|datum|system)\b/, adds(/^(?:EPSG:)?27700$|^(?:OSGB(?:36)?|BNG)$/)],
  ],
});

/** How large the square is need not be told. */
export const gridReferences = {
  ...line,
  read(side: Side) {
    const told = line.read(side);
    return told.flatMap((one) => [one, { ...one, key: one.key.replace(/,\["step","[0-9]+"\]/, '') }]);
  },
};
