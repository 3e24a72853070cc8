/**
 * Calling codes (ITU-T E.164) by country, of countries whose numbers begin with a 0 inside the country that is left out behind the calling code
 * (ITU-T E.123), and of those that have none. Italy keeps its 0 and is left out.
 */
const TRUNK_ZERO =
  'AT 43,AU 61,BA 387,BE 32,BG 359,BR 55,CH 41,CN 86,CY 357,DE 49,EG 20,FI 358,FR 33,GB 44,HR 385,ID 62,IE 353,IL 972,IN 91,JP 81,KR 82,LI 423,MA 212,ME 382,MK 389,MY 60,NL 31,NZ 64,PH 63,PK 92,RO 40,RS 381,SA 966,SE 46,SI 386,SK 421,TH 66,TR 90,UA 380,AE 971,VN 84,ZA 27';
const NO_TRUNK =
  'CZ 420,DK 45,EE 372,ES 34,GR 30,IS 354,LU 352,LV 371,MT 356,NO 47,PL 48,PT 351,SG 65,HK 852';

export interface CallingCode {
  readonly code: string;
  /** The 0 in front of a number that is dialled within the country. */
  readonly trunk: '0' | '';
}

export const CALLING_CODES: ReadonlyMap<string, CallingCode> = new Map([
  ...entriesOf(TRUNK_ZERO, '0'),
  ...entriesOf(NO_TRUNK, ''),
]);

function entriesOf(lines: string, trunk: '0' | ''): readonly (readonly [string, CallingCode])[] {
  return lines.split(',').map((line) => {
    const [country = '', code = ''] = line.split(' ');
    return [country, { code, trunk }] as const;
  });
}
