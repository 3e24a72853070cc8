import type { Side } from '../value/side.ts';
import { type Domain, type Reading, reading } from './reading.ts';

/** ISO 3166-1: alpha-2, alpha-3 and numeric codes. */
const COUNTRIES =
  'AE ARE 784,AR ARG 032,AT AUT 040,AU AUS 036,BA BIH 070,BD BGD 050,BE BEL 056,BG BGR 100,BH BHR 048,BR BRA 076,BY BLR 112,CA CAN 124,CH CHE 756,CL CHL 152,CN CHN 156,CO COL 170,CR CRI 188,CY CYP 196,CZ CZE 203,DE DEU 276,DK DNK 208,DO DOM 214,DZ DZA 012,EC ECU 218,EE EST 233,EG EGY 818,ES ESP 724,ET ETH 231,FI FIN 246,FR FRA 250,GB GBR 826,GE GEO 268,GH GHA 288,GR GRC 300,GT GTM 320,HK HKG 344,HR HRV 191,HU HUN 348,ID IDN 360,IE IRL 372,IL ISR 376,IN IND 356,IQ IRQ 368,IR IRN 364,IS ISL 352,IT ITA 380,JM JAM 388,JO JOR 400,JP JPN 392,KE KEN 404,KR KOR 410,KP PRK 408,KW KWT 414,KZ KAZ 398,LB LBN 422,LI LIE 438,LK LKA 144,LT LTU 440,LU LUX 442,LV LVA 428,MA MAR 504,MC MCO 492,MD MDA 498,ME MNE 499,MK MKD 807,MT MLT 470,MX MEX 484,MY MYS 458,NG NGA 566,NL NLD 528,NO NOR 578,NZ NZL 554,OM OMN 512,PA PAN 591,PE PER 604,PH PHL 608,PK PAK 586,PL POL 616,PT PRT 620,PY PRY 600,QA QAT 634,RO ROU 642,RS SRB 688,RU RUS 643,SA SAU 682,SE SWE 752,SG SGP 702,SI SVN 705,SK SVK 703,SN SEN 686,SY SYR 760,TH THA 764,TN TUN 788,TR TUR 792,TW TWN 158,TZ TZA 834,UA UKR 804,UG UGA 800,US USA 840,UY URY 858,UZ UZB 860,VE VEN 862,VN VNM 704,ZA ZAF 710,ZW ZWE 716';

/** ISO 4217: alphabetic and numeric codes. */
const CURRENCIES =
  'AED 784,AFN 971,ALL 008,AMD 051,ANG 532,AOA 973,ARS 032,AUD 036,AWG 533,AZN 944,BAM 977,BBD 052,BDT 050,BGN 975,BHD 048,BIF 108,BMD 060,BND 096,BOB 068,BRL 986,BSD 044,BTN 064,BWP 072,BYN 933,BZD 084,CAD 124,CDF 976,CHF 756,CLP 152,CNY 156,COP 170,CRC 188,CUP 192,CVE 132,CZK 203,DJF 262,DKK 208,DOP 214,DZD 012,EGP 818,ERN 232,ETB 230,EUR 978,FJD 242,FKP 238,GBP 826,GEL 981,GHS 936,GIP 292,GMD 270,GNF 324,GTQ 320,GYD 328,HKD 344,HNL 340,HTG 332,HUF 348,IDR 360,ILS 376,INR 356,IQD 368,IRR 364,ISK 352,JMD 388,JOD 400,JPY 392,KES 404,KGS 417,KHR 116,KMF 174,KPW 408,KRW 410,KWD 414,KYD 136,KZT 398,LAK 418,LBP 422,LKR 144,LRD 430,LSL 426,LYD 434,MAD 504,MDL 498,MGA 969,MKD 807,MMK 104,MNT 496,MOP 446,MRU 929,MUR 480,MVR 462,MWK 454,MXN 484,MYR 458,MZN 943,NAD 516,NGN 566,NIO 558,NOK 578,NPR 524,NZD 554,OMR 512,PAB 590,PEN 604,PGK 598,PHP 608,PKR 586,PLN 985,PYG 600,QAR 634,RON 946,RSD 941,RUB 643,RWF 646,SAR 682,SBD 090,SCR 690,SDG 938,SEK 752,SGD 702,SHP 654,SLE 925,SOS 706,SRD 968,SSP 728,STN 930,SYP 760,SZL 748,THB 764,TJS 972,TMT 934,TND 788,TOP 776,TRY 949,TTD 780,TWD 901,TZS 834,UAH 980,UGX 800,USD 840,UYU 858,UZS 860,VES 928,VND 704,VUV 548,WST 882,XAF 950,XCD 951,XOF 952,XPF 953,YER 886,ZAR 710,ZMW 967';

/** ISO 639: two letters, three letters (terminological and bibliographic), and withdrawn ones that Java wrote up to version 16. */
const LANGUAGES =
  'ar ara,bg bul,cs ces cze,da dan,de deu ger,el ell gre,en eng,es spa,et est,fi fin,fr fra fre,he heb iw,hi hin,hr hrv,hu hun,id ind in,is isl ice,it ita,ja jpn,ko kor,lt lit,lv lav,ms msa may,nb nob,nl nld dut,no nor,pl pol,pt por,ro ron rum,ru rus,sk slk slo,sl slv,sr srp,sv swe,th tha,tr tur,uk ukr,vi vie,zh zho chi';

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
