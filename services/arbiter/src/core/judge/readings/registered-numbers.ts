import { type Domain, digitsOf, type Reading, reading } from './reading.ts';

/** Digits that swapped half-bytes give: 4321 for 1234. */
function nibblesSwapped(digits: string): string {
  return digits.replaceAll(/(.)(.)/g, '$2$1');
}

/** The number of a chip card (ITU-T E.118), of which an odd count of digits is filled up by an F in packed storage. */
export const cardChips: Domain = {
  name: 'chip-card',
  reads: 'The number of a chip card with or without the filler of packed digits: 8949023382894757116F.',
  read(side) {
    const filled = /^(89[0-9]{16,18})F$/i.exec(side.text ?? '')?.[1];
    if (filled !== undefined) return reading('with its filler', filled, true);
    const digits = digitsOf(side);
    return digits !== undefined && digits.length >= 18 ? reading('digits', digits, false) : [];
  },
  near(legacy, modern) {
    // Cut to the digits of a binary float, or each half-byte beside the wrong one.
    if (legacy.length === modern.length && legacy.slice(0, 12) === modern.slice(0, 12)) return true;
    return nibblesSwapped(legacy).slice(0, 12) === modern.slice(0, 12);
  },
};

/** National Drug Code of the United States: ten digits in groups of 4-4-2, 5-3-2 or 5-4-1, filled up to 5-4-2 in eleven. */
export const drugCodes: Domain = {
  name: 'drug-code',
  reads: 'A National Drug Code in groups or in eleven digits: 68259-677-25 and 68259067725.',
  read(side) {
    const groups = /^([0-9]{4,5})-([0-9]{3,4})-([0-9]{1,2})$/.exec(side.text ?? '')?.slice(1) ?? [];
    if ([10, 11].includes(groups.join('').length)) {
      const [labeler = '', product = '', pack = ''] = groups;
      return reading(
        'groups',
        labeler.padStart(5, '0') + product.padStart(4, '0') + pack.padStart(2, '0'),
        true,
      );
    }
    const digits = digitsOf(side);
    return digits?.length === 11 ? reading('eleven digits', digits, false) : [];
  },
  near: (legacy, modern) => legacy.replaceAll('0', '') === modern.replaceAll('0', ''),
};

/** What a meter counts (IEC 62056-61): in full, or without medium, channel and history. */
export const meterRegisters: Domain = {
  name: 'meter-register',
  reads: 'A register of a meter in OBIS notation, in full or reduced: 1-0:1.8.0*255 and 1.8.0.',
  read({ text = '' }) {
    const [, place = '', full, history = '255'] =
      /^([0-9]-[0-9]{1,3}):([0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3})(?:\*([0-9]{1,3}))?$/.exec(text) ?? [];
    // Electricity of the only channel, at present, is what the reduced form leaves out.
    if (full !== undefined)
      return reading('full', /^1-[01]$/.test(place) && history === '255' ? full : text, true);
    return /^[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}$/.test(text) ? reading('reduced', text, false) : [];
  },
};

/** A date with a member that says to which part it is known: {"date":"1957-10","precision":"month"}. */
function withPrecision(fields: ReadonlyMap<string, unknown>): readonly Reading[] {
  if (fields.size !== 2) return [];
  const texts = [...fields.values()].map((value) => (typeof value === 'string' ? value.toLowerCase() : ''));
  const parts = ['year', 'month', 'day'].findIndex((part) => texts.includes(part)) + 1;
  const date = texts.find((text) => /^[12][0-9]{3}(?:-[01][0-9](?:-[0-3][0-9])?)?$/.test(text));
  return date === undefined || parts !== date.split('-').length
    ? []
    : reading('date and precision', date, true);
}

/** A date of which day, or day and month, are not known. */
export const partialDates: Domain = {
  name: 'partial-date',
  reads:
    'A date without its day or month: 1999-00-00 and 1999, 1999-05-00, 19990500 and 1999-05; also as 00.05.1999, and with its precision beside it: {"date":"1999-05","precision":"month"}.',
  read({ text = '', isNumber, raw = '', fields }): readonly Reading[] {
    if (fields !== undefined) return withPrecision(fields);
    const local = /^([0-3][0-9])\.([01][0-9])\.([12][0-9]{3})$/.exec(text);
    if (local !== null) {
      const [, day = '', month = '', year = ''] = local;
      const told = [year, month, day].filter((part) => part !== '00');
      return day !== '00' && month === '00'
        ? []
        : reading('DD.MM.YYYY', told.join('-'), day === '00', day !== '00');
    }
    const filled = /^([12][0-9]{3})(-?)([0-9]{2})\2 ?00$/.exec(text);
    if (filled !== null) {
      const [, year = '', , month = ''] = filled;
      return reading('zeros', month === '00' ? year : `${year}-${month}`, true);
    }
    const told = isNumber ? raw : text;
    if (/^[12][0-9]{3}$/.test(told)) return reading('year', told, false);
    if (/^[12][0-9]{3}-(?:0[1-9]|1[0-2])$/.test(told)) return reading('month', told, false);
    return /^[12][0-9]{3}-[0-9]{2}-01$/.test(text) ? reading('first day', text, false, true) : [];
  },
  // A day that nobody told.
  near: (legacy, modern) => modern.startsWith(legacy) && modern.endsWith('-01'),
};
