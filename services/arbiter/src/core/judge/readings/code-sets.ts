import { rawOf, type Side } from '../value/side.ts';
import { type Domain, type Reading, reading } from './reading.ts';

/**
 * Closed code sets of public standards: one set a line, one meaning between bars, all its names between commas. A name of one or two letters or
 * figures may be a code of anything, so that it needs a longer one on the other side.
 */
const SETS: Readonly<Record<string, string>> = {
  // HL7 GTS abbreviations and the Latin ones of prescriptions.
  dosing:
    'qd,once daily,once a day,1 x daily|bid,bd,twice daily,twice a day,2 x daily|tid,tds,three times daily,three times a day,thrice daily,3 x daily|qid,qds,four times daily,four times a day,4 x daily|qod,eod,every other day,every second day|qhs,nocte,at bedtime,at night|qam,om,every morning,in the morning|qpm,every evening,in the evening|prn,as needed,when required,if needed|stat,immediately,at once|qw,once weekly,once a week|ac,before meals|pc,after meals|po,by mouth,oral,orally|iv,intravenous,intravenously|im,intramuscular|sc,subcutaneous|sl,sublingual|pr,rectal',
  // Manchester triage system.
  triage:
    'red,immediate,1|orange,very urgent,2|yellow,urgent,3|green,standard,normal,4|blue,non urgent,not urgent,5',
  // ISO 5218, HL7 0001, German registers.
  sex: 'm,male,man,1|f,female,woman,w,2|u,unknown,not known,0|x,d,o,other,diverse,indeterminate|9,not applicable',
  // HL7 0002, German registers.
  'marital-status':
    's,single,ledig,ld,never married|m,married,verheiratet,vh|d,divorced,geschieden,gs|w,widowed,verwitwet,vw|p,partnership,registered partnership,civil partnership,lp|l,separated,legally separated',
  // HL7 0004.
  'patient-class':
    'i,inpatient|o,outpatient,ambulatory|e,emergency|p,preadmit|r,recurring,recurring patient|b,obstetrics',
  // HL7 0078.
  'result-flag':
    'l,low,below low normal|h,high,above high normal|ll,critical low,critically low,below lower panic limits|hh,critical high,critically high,above upper panic limits|n,normal|a,abnormal|aa,very abnormal,critically abnormal',
  // HL7 0085.
  'result-status':
    'f,final|p,preliminary|c,corrected,correction|x,cancelled,canceled|i,pending,specimen in lab',
  'compass-point':
    'n,north|ne,north east,northeast|e,east|se,south east,southeast|s,south|sw,south west,southwest|w,west|nw,north west,northwest',
  // FIX tags 54, 39, 40 and 59.
  'order-side': '54=1,1,b,buy|54=2,2,s,sell|54=5,5,ss,sell short,short sell|54=6,6,sse,sell short exempt',
  'order-state':
    '39=0,0,new|39=1,1,partially filled,partial fill|39=2,2,filled,fill|39=3,3,done for day|39=4,4,canceled,cancelled|39=5,5,replaced|39=6,6,pending cancel|39=8,8,rejected|39=9,9,suspended|39=a,a,pending new|39=c,c,expired|39=e,e,pending replace',
  'order-type':
    '40=1,1,market,mkt|40=2,2,limit,lmt|40=3,3,stop,stp|40=4,4,stop limit,stp lmt|40=5,5,market on close,moc',
  'time-in-force':
    '59=0,0,day|59=1,1,gtc,good till cancel,good till canceled,good till cancelled,good til cancelled|59=2,2,opg,at the opening|59=3,3,ioc,immediate or cancel|59=4,4,fok,fill or kill|59=6,6,gtd,good till date',
  'option-right': 'c,call|p,put',
  // ISO 20022, and the same in SWIFT MT 71A.
  'charge-bearer':
    'our,debt,borne by debtor|ben,cred,borne by creditor|sha,shar,shared|slev,following service level',
  'payment-status':
    'accp,accepted customer profile|acsc,accepted settlement completed,settled|acsp,accepted settlement in process|actc,accepted technical validation|acwc,accepted with change|pdng,pending|rcvd,received|rjct,rejected|canc,cancelled,canceled|part,partially accepted',
  // Incoterms 2020.
  incoterm:
    'exw,ex works|fca,free carrier|cpt,carriage paid to|cip,carriage and insurance paid to|dap,delivered at place|dpu,delivered at place unloaded|ddp,delivered duty paid|fas,free alongside ship|fob,free on board|cfr,cost and freight|cif,cost insurance and freight',
  // UN/ECE recommendation 20 and 21.
  'unit-code':
    'kgm,kg,kilogram,kilograms|grm,g,gram,grams|mgm,mg,milligram|tne,t,tonne,tonnes|ltr,l,litre,liter,litres|mlt,ml,millilitre,milliliter|mtr,m,metre,meter,metres|cmt,cm,centimetre,centimeter|mmt,mm,millimetre,millimeter|kmt,km,kilometre,kilometer|mtk,m2,m²,square metre,square meter|mtq,m3,m³,cubic metre,cubic meter|kwh,kilowatt hour|mwh,megawatt hour|kwt,kw,kilowatt|hur,h,hour,hours|min,minute,minutes|sec,second,seconds|day,days|h87,c62,pce,pc,pcs,ea,stk,piece,pieces,each,unit,units|dzn,dozen|pr,pair|ctn,carton,cartons|pf,plt,pallet,pallets|bx,box,boxes|rol,roll,rolls',
  // SWIFT MT 940, field 61.
  'statement-mark': 'c,credit|d,debit|rc,reversal of credit|rd,reversal of debit',
  'body-side': 'l,lt,left|r,rt,right|b,bil,bilateral,both sides',
  // IEC 62056-61.
  'energy-direction': '1.8.0,import,consumption,imported|2.8.0,export,feed in,exported',
  'tariff-time': 'ht,peak,high tariff,day rate|nt,off peak,low tariff,night rate',
  'call-direction': 'mo,outgoing,originated,mobile originated|mt,incoming,terminated,mobile terminated',
};

const NAME_MIN = 3;

/** The reader of these sets. */
export const CODE_SET = 'code set';

function setOf(name: string, line: string): Domain {
  const keys = new Map(
    line.split('|').flatMap((names, at) => names.split(',').map((word) => [word, String(at)] as const)),
  );
  return {
    name,
    reads: `A code or name of this set: ${line.split('|').slice(0, 3).join('; ').replaceAll(',', ', ')} …`,
    read(side) {
      const word = side.read(wordOf);
      const key = word && keys.get(word.plain);
      if (word === undefined || key === undefined) return [];
      if (word.code !== undefined && keys.get(word.code) !== key) return [];
      return reading(CODE_SET, key, word.plain.length >= NAME_MIN);
    },
  };
}

interface Word {
  readonly plain: string;
  /** The code that stands before its name: 54=1 (Buy). */
  readonly code: string | undefined;
}

/** Whether a value can be of any of the sets. */
export function isOfCodeSets(side: Side): boolean {
  return side.read(wordOf) !== undefined;
}

/** A word of any of the sets; read once for all of them. */
function wordOf({ text, raw, isNumber }: Side): Word | undefined {
  const word = isNumber ? raw : text;
  if (word === undefined || word.length > 40) return undefined;
  const [, code, told] = word.endsWith(')') ? (/^(\S{1,12}) \(([^)]{1,24})\)$/.exec(word) ?? []) : [];
  const plain = plainOf(told ?? word);
  return WORDS.has(plain) ? { plain, code: code === undefined ? undefined : plainOf(code) } : undefined;
}

const WORDS = new Set(Object.values(SETS).flatMap((line) => line.split(/[|,]/)));

function plainOf(text: string): string {
  const spaced = /[a-z][A-Z]/.test(text) ? text.replaceAll(/([a-z])([A-Z])/g, '$1 $2') : text;
  return spaced
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_/-]+/g, ' ');
}

export const CODE_SETS: readonly Domain[] = Object.entries(SETS).map(([name, line]) => setOf(name, line));

/** Roman numerals up to 39; figures beside one are weak. */
export const romanNumerals: Domain = {
  name: 'roman-numeral',
  reads: 'A number up to 39 in Roman letters and in figures: IV and 4.',
  read(side) {
    const text = side.text ?? (side.isNumber ? side.raw : undefined);
    if (text === undefined || text.length > 8) return [];
    if (/^[1-9][0-9]?$/.test(text)) return Number(text) < 40 ? reading('figures', text, false) : [];
    const match = /^(X{0,3})(IX|IV|V?I{0,3})$/.exec(text);
    if (match === null || text === '') return [];
    const [, tens = '', ones = ''] = match;
    const value =
      ones === 'IX' ? 9 : ones === 'IV' ? 4 : (ones[0] === 'V' ? 5 : 0) + ones.replace('V', '').length;
    return reading('Roman letters', tens.length * 10 + value, true);
  },
  // One letter may be a code of anything.
  near: (legacy, modern) => ![legacy, modern].some((key) => ['1', '5', '10'].includes(key)),
};

/** Blood groups; the key is the letters of the ABO group and the sign of the Rhesus factor. */
export const bloodGroups: Domain = {
  name: 'blood-group',
  reads:
    'A blood group: AB NEG, AB-, 0 POS, O+, A Rh positive, B RhD negative, and its code of ISBT 128: =%1700, 1700, 17.',
  read({ text = '' }) {
    const match =
      /^(AB|A|B|O|0),? ?(?:Rh(?:D|\(D\))?|RH)? ?(\+|-|−|POS|NEG|positive|negative|pos|neg|Positive|Negative)(?:\.|itive|ative)?$/.exec(
        text,
      );
    if (match === null) return ofIsbt(text);
    const sign = /^[+p]/i.test(match[2] ?? '') ? '+' : '-';
    return reading('ABO and Rhesus', `${(match[1] ?? '').replace('0', 'O')}${sign}`, true);
  },
};

/** ISBT 128, table RT005: the group of a donor with positive and negative Rhesus factor. */
const ISBT: Readonly<Record<string, string>> = {
  '95': 'O-',
  '51': 'O+',
  '06': 'A-',
  '62': 'A+',
  '17': 'B-',
  '73': 'B+',
  '28': 'AB-',
  '84': 'AB+',
};

/** Alone, with the two zeros of its data structure, and behind the sign of that. */
function ofIsbt(text: string): readonly Reading[] {
  const [, mark, code = ''] = /^(=%)?([0-9]{2})(?:00)?$/.exec(text) ?? [];
  const group = ISBT[code];
  return group === undefined ? [] : reading('ISBT 128', group, mark !== undefined);
}

/** How often a day: an interval of hours, or a count in a member that says so. */
export const dailyCounts: Domain = {
  name: 'times-a-day',
  reads:
    'How often a day or week: every 6 hours, Q6H, TID, QWK, {"timesPerDay":4}, {"frequency":3,"period":1,"unit":"d"}.',
  read: (side) => [...interval(side), ...counted(side), ...often(side), ...timing(side)],
};

function interval({ text = '' }: Side): readonly Reading[] {
  const hours = Number(
    /^(?:every|each|all|alle) ([0-9]{1,2}) ?(?:hours?|hrs?|h|stunden)$|^q([0-9]{1,2})h$/i
      .exec(text)
      ?.slice(1)
      .find(Boolean),
  );
  if (!Number.isInteger(hours) || hours < 1 || hours > 24) return [];
  return [
    ...reading('hours between', `every ${hours}`, true),
    ...(24 % hours === 0 ? reading('hours between', `${24 / hours} a day`, true) : []),
  ];
}

/** HL7 GTS abbreviations, of which the reading alone is open (PRN, AC say nothing of how often). */
const OFTEN: Readonly<Record<string, string>> = {
  qd: '1 a day',
  bid: '2 a day',
  tid: '3 a day',
  qid: '4 a day',
  qwk: '1 a week',
  biw: '2 a week',
  tiw: '3 a week',
  qmo: '1 a month',
  qod: 'every 48',
};

function often({ text = '' }: Side): readonly Reading[] {
  const key = text.length > 3 ? undefined : OFTEN[text.toLowerCase()];
  return key === undefined ? [] : reading('abbreviation', key, true);
}

const UNITS: Readonly<Record<string, string>> = {
  d: 'day',
  day: 'day',
  wk: 'week',
  week: 'week',
  mo: 'month',
  month: 'month',
};

/** As FHIR has it: so many times in so many units. */
function timing({ fields }: Side): readonly Reading[] {
  if (fields?.size !== 3) return [];
  const numberAt = (key: string) => Number(rawOf(fields.get(key) ?? null));
  const unit = fields.get('periodUnit') ?? fields.get('unit');
  const [frequency, period] = [numberAt('frequency'), numberAt('period')];
  if (typeof unit !== 'string' || !(frequency > 0) || !(period > 0)) return [];
  if (unit === 'h' && frequency === 1) return reading('timing', `every ${period}`, true);
  const name = UNITS[unit];
  if (name === 'day' && frequency === 1 && period > 1) return reading('timing', `every ${period * 24}`, true);
  return name === undefined || period !== 1 ? [] : reading('timing', `${frequency} a ${name}`, true);
}

function counted({ fields }: Side): readonly Reading[] {
  const [entry, ...others] = fields ?? [];
  if (entry === undefined || others.length > 0) return [];
  const [key, value] = entry;
  const count =
    typeof value === 'object' && value !== null && 'text' in value ? Number(value.text) : Number.NaN;
  if (!Number.isInteger(count)) return [];
  if (/^(?:times|count|doses)_?per_?day$/i.test(key)) return reading('count', `${count} a day`, true);
  return /^(?:interval|every)_?(?:hours|h)$/i.test(key) ? reading('count', `every ${count}`, true) : [];
}
