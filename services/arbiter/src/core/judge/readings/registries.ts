import type { Side } from '../value/side.ts';
import { type Domain, type Reading, reading } from './reading.ts';

/** ISO 3166-1: alpha-2, alpha-3 and numeric codes. */
const COUNTRIES =
  'AE ARE 784,AR ARG 032,AT AUT 040,AU AUS 036,BA BIH 070,BD BGD 050,BE BEL 056,BG BGR 100,BH BHR 048,BR BRA 076,BY BLR 112,CA CAN 124,CH CHE 756,CL CHL 152,CN CHN 156,CO COL 170,CR CRI 188,CY CYP 196,CZ CZE 203,DE DEU 276,DK DNK 208,DO DOM 214,DZ DZA 012,EC ECU 218,EE EST 233,EG EGY 818,ES ESP 724,ET ETH 231,FI FIN 246,FR FRA 250,GB GBR 826,GE GEO 268,GH GHA 288,GR GRC 300,GT GTM 320,HK HKG 344,HR HRV 191,HU HUN 348,ID IDN 360,IE IRL 372,IL ISR 376,IN IND 356,IQ IRQ 368,IR IRN 364,IS ISL 352,IT ITA 380,JM JAM 388,JO JOR 400,JP JPN 392,KE KEN 404,KR KOR 410,KP PRK 408,KW KWT 414,KZ KAZ 398,LB LBN 422,LI LIE 438,LK LKA 144,LT LTU 440,LU LUX 442,LV LVA 428,MA MAR 504,MC MCO 492,MD MDA 498,ME MNE 499,MK MKD 807,MT MLT 470,MX MEX 484,MY MYS 458,NG NGA 566,NL NLD 528,NO NOR 578,NZ NZL 554,OM OMN 512,PA PAN 591,PE PER 604,PH PHL 608,PK PAK 586,PL POL 616,PT PRT 620,PY PRY 600,QA QAT 634,RO ROU 642,RS SRB 688,RU RUS 643,SA SAU 682,SE SWE 752,SG SGP 702,SI SVN 705,SK SVK 703,SN SEN 686,SY SYR 760,TH THA 764,TN TUN 788,TR TUR 792,TW TWN 158,TZ TZA 834,UA UKR 804,UG UGA 800,US USA 840,UY URY 858,UZ UZB 860,VE VEN 862,VN VNM 704,ZA ZAF 710,ZW ZWE 716';

/** ISO 4217: alphabetic and numeric codes. */
const CURRENCIES =
  'AED 784,ARS 032,AUD 036,BGN 975,BRL 986,CAD 124,CHF 756,CLP 152,CNY 156,COP 170,CZK 203,DKK 208,EGP 818,EUR 978,GBP 826,HKD 344,HUF 348,IDR 360,ILS 376,INR 356,ISK 352,JPY 392,KRW 410,KWD 414,BHD 048,TND 788,JOD 400,OMR 512,MAD 504,MXN 484,MYR 458,NOK 578,NZD 554,PHP 608,PKR 586,PLN 985,QAR 634,RON 946,RSD 941,RUB 643,SAR 682,SEK 752,SGD 702,THB 764,TRY 949,TWD 901,UAH 980,USD 840,VND 704,ZAR 710';

/** ISO 639: two letters, three letters (terminological and bibliographic). */
const LANGUAGES =
  'ar ara,bg bul,cs ces cze,da dan,de deu ger,el ell gre,en eng,es spa,et est,fi fin,fr fra fre,he heb,hi hin,hr hrv,hu hun,id ind,is isl ice,it ita,ja jpn,ko kor,lt lit,lv lav,ms msa may,nb nob,nl nld dut,no nor,pl pol,pt por,ro ron rum,ru rus,sk slk slo,sl slv,sr srp,sv swe,th tha,tr tur,uk ukr,vi vie,zh zho chi';

/** Names of what the codes stand for, as Unicode CLDR has them. */
const NAME_LANGUAGES = ['en', 'de', 'fr', 'es', 'it'];

function withNames(keys: Map<string, string>, type: 'region' | 'currency' | 'language'): Map<string, string> {
  const codes = [...keys];
  for (const language of NAME_LANGUAGES) {
    const names = new Intl.DisplayNames([language], { type, fallback: 'none' });
    for (const [code, key] of codes) {
      const name =
        code.length === (type === 'currency' ? 3 : 2) && /^[A-Za-z]+$/.test(code)
          ? names.of(code)
          : undefined;
      if (name !== undefined && name.length > 3) keys.set(name.toLowerCase(), key);
    }
  }
  return keys;
}

function registry(
  name: string,
  reads: string,
  lines: string,
  strong: RegExp,
  type: 'region' | 'currency' | 'language',
): Domain {
  const keys = withNames(
    new Map(lines.split(',').flatMap((line) => line.split(' ').map((code) => [code, line] as const))),
    type,
  );
  return {
    name,
    reads,
    read: (side: Side): readonly Reading[] => {
      const text = side.text ?? (side.isNumber ? side.raw?.padStart(3, '0') : undefined);
      const key =
        text === undefined || text.length > 40
          ? undefined
          : keys.get(text.length > 3 ? text.toLowerCase() : text);
      if (key === undefined || text === undefined) return [];
      return reading(
        text.length > 3 ? 'name' : `${text.length} ${/^[0-9]/.test(text) ? 'digits' : 'letters'}`,
        key,
        text.length > 3 || strong.test(text),
      );
    },
  };
}

export const countries = registry(
  'country',
  'A country by its ISO 3166-1 codes: AT, AUT, 040.',
  COUNTRIES,
  /^[A-Z]{2,3}$/,
  'region',
);
export const currencies = registry(
  'currency',
  'A currency by its ISO 4217 codes: EUR, 978.',
  CURRENCIES,
  /^[A-Z]{3}$/,
  'currency',
);
export const languages = registry(
  'language',
  'A language by its ISO 639 codes: de, deu, ger.',
  LANGUAGES,
  /^[a-z]{2,3}$/,
  'language',
);
