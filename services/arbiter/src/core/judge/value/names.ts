import { abbreviates } from './abbreviations.ts';
import { wordsOf } from './text.ts';

/**
 * What names of fields say in English and in German, with the short forms that programs use; each line is one thing. A name never proves
 * anything alone: it tells which of two equal values is which.
 */
const MEANINGS = [
  'amount amt betrag sum summe',
  'balance bal saldo',
  'currency ccy cur curr waehrung währung whg',
  'from start begin von ab beginn anfang',
  'to until till end bis ende',
  'interest zins zinsen int',
  'principal tilgung',
  'remaining rest left',
  'residual restschuld',
  'rate satz zinssatz kurs',
  'percent pct prozent',
  'price preis',
  'quantity qty menge anzahl count',
  'unit einheit uom',
  'total gesamt',
  'gross brutto',
  'net netto',
  'tax steuer vat mwst',
  'discount rabatt',
  'fee gebuehr gebühr',
  'premium praemie prämie beitrag',
  'deductible excess selbstbehalt selbstbeteiligung',
  'insured versichert',
  'damage schaden loss',
  'date datum dat',
  'time zeit uhrzeit',
  'day tag',
  'month monat',
  'year jahr',
  'term laufzeit',
  'maturity faelligkeit fälligkeit',
  'due faellig fällig',
  'valid gueltig gültig',
  'given vorname first forename',
  'family nachname surname last',
  'birth geburt',
  'street strasse straße str',
  'city town ort stadt',
  'zip postcode postal plz',
  'country land ctry',
  'house hausnummer hausnr',
  'customer client kunde kunden',
  'account acct konto kto',
  'owner holder inhaber',
  'payer zahler',
  'payee beneficiary empfaenger empfänger beguenstigter begünstigter',
  'sender absender',
  'description desc text bezeichnung txt beschreibung',
  'reason grund',
  'purpose zweck verwendungszweck',
  'note notiz bemerkung remark',
  'reference ref referenz',
  'number no nr num nummer',
  'kind type art typ',
  'state status zustand',
  'departure abflug abfahrt dep',
  'arrival ankunft arr',
  'origin herkunft',
  'destination ziel dest',
  'room zimmer',
  'seat sitz sitzplatz',
  'adult erwachsener adults erwachsene',
  'child kind children kinder',
  'length laenge länge len',
  'width breite',
  'height hoehe höhe',
  'weight gewicht wgt',
  'buy kauf ankauf',
  'sell verkauf',
  'bid geld',
  'ask brief offer',
  'high hoch max maximum hoechst',
  'low tief min minimum',
  'open eroeffnung eröffnung opening',
  'close schluss closing',
  'booked gebucht',
  'available verfuegbar verfügbar avail',
];

const MEANING_OF = new Map<string, readonly number[]>();
for (const [index, line] of MEANINGS.entries())
  for (const word of line.split(' ')) MEANING_OF.set(word, [...(MEANING_OF.get(word) ?? []), index]);

/** Whether two names can be of one thing: each word of the shorter one has its own in the other, as a form or in the other language. */
export function areNamesAlike(ours: string, theirs: string): boolean {
  if (/[0-9]/.test(ours + theirs)) return false;
  const [short, long] = [wordsOf(ours).split(' '), wordsOf(theirs).split(' ')].toSorted(
    (a, b) => a.length - b.length,
  ) as [string[], string[]];
  const left = [...long];
  return short.every((word) => {
    const at = left.findIndex((other) => isWordAlike(word, other));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

function isWordAlike(a: string, b: string): boolean {
  if (a === b) return true;
  const [ours, theirs] = [MEANING_OF.get(a), MEANING_OF.get(b)];
  // Two words of which both meanings are known are alike if they have one in common, whatever their letters are like.
  if (ours !== undefined && theirs !== undefined) return ours.some((meaning) => theirs.includes(meaning));
  // A short form that is known stands for nothing else: ref is no refund.
  if ((a.length < b.length ? ours : theirs) !== undefined) return false;
  return Math.min(a.length, b.length) >= 3 && (abbreviates(a, b) || abbreviates(b, a));
}

/** Each of our names with the one of theirs that is alike, where each has one and no other; undefined where that is not so. */
export function aligned(
  ours: readonly string[],
  theirs: readonly string[],
): ReadonlyMap<string, string> | undefined {
  if (ours.length !== theirs.length) return undefined;
  const pairs = new Map<string, string>();
  for (const name of ours) {
    const found = theirs.includes(name) ? [name] : theirs.filter((other) => areNamesAlike(name, other));
    const [other] = found;
    if (other === undefined || found.length > 1) return undefined;
    pairs.set(name, other);
  }
  return new Set(pairs.values()).size === ours.length ? pairs : undefined;
}
