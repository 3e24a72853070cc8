import { asIs, type Told, toldLine } from './told-lines.ts';

/** The second line of a passport (ICAO 9303-4): number, nationality, birth, sex, expiry, each but the sex and nationality with its check digit. */
const LINE =
  /^([A-Z0-9<]{9})([0-9])([A-Z]{3})([0-9]{6})([0-9])([MF<])([0-9]{6})([0-9])([A-Z0-9<]{14})([0-9<])([0-9])$/;

/** Weights 7, 3, 1; letters count from ten, fillers nothing (9303-3, 4.9). */
function checks(text: string, digit: string): boolean {
  const valueAt = (sign: string) => (sign === '<' ? 0 : Number.parseInt(sign, 36));
  const sum = [...text].reduce((so, sign, i) => so + valueAt(sign) * ([7, 3, 1][i % 3] ?? 0), 0);
  return sum % 10 === Number(digit);
}

function day(year: number, digits: string): string {
  return `${year}-${digits.slice(2, 4)}-${digits.slice(4)}`;
}

/** Who holds a paper was born before it was issued, and it is valid for years; in which century, is open for small children. */
function bornIn(birth: string, expiry: number): number | undefined {
  const year = 2000 + Number(birth.slice(0, 2));
  if (year <= expiry - 5) return year;
  return year >= expiry ? year - 100 : undefined;
}

const DAY = /^[12][0-9]{3}-[01][0-9]-[0-3][0-9]$/;

export const travelDocuments = toldLine({
  name: 'travel-document',
  reads:
    'The second line of a passport (ICAO 9303) with its check digits, and what it says: number, nationality, day of birth (before the day of expiry), sex, expiry.',
  text(text) {
    const match = text.length === 44 ? LINE.exec(text) : null;
    if (match === null) return undefined;
    const [
      ,
      number = '',
      c1 = '',
      nationality = '',
      birth = '',
      c2 = '',
      sex = '',
      expiry = '',
      c3 = '',
      more = '',
    ] = match;
    if (!checks(number, c1) || !checks(birth, c2) || !checks(expiry, c3)) return undefined;
    const end = 2000 + Number(expiry.slice(0, 2));
    const born = bornIn(birth, end);
    if (born === undefined) return undefined;
    return {
      number: number.replace(/<+$/, ''),
      nationality,
      born: day(born, birth),
      sex: sex.replace('<', ''),
      expires: day(end, expiry),
      more: more.replace(/<+$/, ''),
    };
  },
  needs: ['number', 'born', 'expires'],
  members: [
    [/\bnumber\b|^document$|\bno\b/, asIs('number', /^[A-Z0-9]{5,9}$/)],
    [/\b(?:nationality|citizenship|country|state)\b/, asIs('nationality', /^[A-Z]{3}$/)],
    [/\b(?:birth|born|dob|birthday|birthdate)\b/, asIs('born', DAY)],
    [/\b(?:expir\w*|valid until|ends)\b/, asIs('expires', DAY)],
    [
      /\b(?:sex|gender)\b/,
      (value): Told | undefined => {
        const [, sex] = /^(m|f|x)(?:ale|emale)?$/i.exec(value) ?? [];
        return sex === undefined ? undefined : { sex: sex.toUpperCase().replace('X', '') };
      },
    ],
    [/\b(?:personal|optional|id)\b/, asIs('more', /^[A-Z0-9]{1,14}$/)],
  ],
});
