import { contracts } from './abbreviations.ts';
import { wordsOf } from './text.ts';

/**
 * What names of fields say in English and in German, with the short forms that programs use; each line is one thing. A name never proves
 * anything alone: it tells which of two equal values is which.
 */
const MEANINGS = [
  'amount amt betrag sum summe',
  'balance bal saldo',
  'currency ccy curr waehrung währung whg',
  'from start begin von ab beginn anfang',
  'to until till end bis ende',
  'interest zins zinsen int',
  'principal tilgung',
  'remaining rest',
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
  'deductible selbstbehalt selbstbeteiligung',
  'insured versichert',
  'damage schaden loss',
  'date datum dat dt',
  'time zeit uhrzeit',
  'day tag',
  'month monat',
  'year jahr',
  'term laufzeit',
  'maturity faelligkeit fälligkeit',
  'due faellig fällig',
  'valid gueltig gültig',
  'given vorname first forename',
  'family nachname surname',
  'birth geburt',
  'street strasse straße str',
  'city town ort stadt',
  'zip postcode postal plz',
  'country land ctry',
  'house hausnummer hausnr',
  'customer kunde kunden',
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
  'type typ',
  'state zustand',
  'departure abflug abfahrt',
  'arrival ankunft',
  'origin herkunft',
  'destination ziel dest',
  'room zimmer',
  'seat sitz sitzplatz',
  'adult erwachsener adults erwachsene',
  'child children kinder',
  'length laenge länge len',
  'width breite',
  'height hoehe höhe',
  'weight gewicht wgt',
  'buy kauf ankauf',
  'sell verkauf',
  'bid geld',
  'ask brief offer',
  'high hoch',
  'maximum max hoechst',
  'low tief',
  'minimum min',
  'open eroeffnung eröffnung opening',
  'close schluss closing',
  'booked gebucht',
  'booking book buchung',
  'available verfuegbar verfügbar avail',
  'address addr adresse',
  'temperature temp temperatur',
  'latitude lat breitengrad',
  'longitude lon lng laengengrad längengrad',
  'position pos',
  'average avg',
  'information info',
  'document doc',
  'identifier ident',
  'telephone tel telefon',
  'building bldg',
  'department dept',
  'organisation organization org',
  'manufacturer mfr hersteller',
];

const MEANING_OF = new Map<string, readonly number[]>();
for (const [index, line] of MEANINGS.entries())
  for (const word of line.split(' ')) MEANING_OF.set(word, [...(MEANING_OF.get(word) ?? []), index]);

/** Words that say nothing of what a value is, so that a name with one of them and one without are the same. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(
  (
    'amount amt betrag value values val wert number nr num date dt datum data daten info information detail details attributes attribute attrs properties property ' +
    'props fields field object obj record entry item items element content contents body payload result results response resource meta header head ' +
    'part parts text txt name of the in is code id common general main basic core summary section block group node node root'
  ).split(' '),
);

/** Words that turn what a value is into something else, however many names have them. */
const TURNS =
  /^(?:ex|in|de|un|not?|non|without|old|new|previous|former|last|next|first|max(?:imum)?|min(?:imum)?|estimated|expected|planned|target|actual|pending|open|test|draft|gross|net|own|other|opposing|daily|weekly|monthly|yearly|annual|hourly|per|un[a-z]+|non[a-z]+|dis[a-z]+|ex[a-z]+ed|[a-z]+(?:ed|able|ible|or|ee|ant))$/;

/** Words that several of some names have, and that tell none of them apart: LIM_ATM and LIM_POS are limits. */
export function commonWords(names: readonly string[]): ReadonlySet<string> {
  const count = new Map<string, number>();
  for (const name of names)
    for (const word of new Set(wordsOf(name).split(' '))) count.set(word, (count.get(word) ?? 0) + 1);
  return new Set([...count].flatMap(([word, times]) => (times > 1 && !TURNS.test(word) ? [word] : [])));
}

export const NO_WORDS: ReadonlySet<string> = new Set();

export function saysNothing(word: string, common: ReadonlySet<string> = NO_WORDS): boolean {
  return SAYS_NOTHING.has(word) || common.has(word);
}

/**
 * Whether two names can be of one thing: each word of the shorter one has its own in the other, as a form or in the other language, and what the
 * other has besides says nothing (net and netAmount; not price and oldPrice), or stands in several names (common).
 */
export function areNamesAlike(ours: string, theirs: string, common: ReadonlySet<string> = NO_WORDS): boolean {
  if (/[0-9]/.test(ours + theirs)) return false;
  const [short, long] = [wordsOf(ours).split(' '), wordsOf(theirs).split(' ')].toSorted(
    (a, b) => a.length - b.length,
  ) as [string[], string[]];
  const left = [...long];
  const isFound = short.every((word) => {
    const at = left.findIndex((other) => isWordAlike(word, other));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return isFound && left.every((word) => saysNothing(word, common));
}

function isWordAlike(a: string, b: string): boolean {
  if (a === b) return true;
  const [ours, theirs] = [MEANING_OF.get(a), MEANING_OF.get(b)];
  // Two words of which both meanings are known are alike if they have one in common, whatever their letters are like.
  if (ours !== undefined && theirs !== undefined) return ours.some((meaning) => theirs.includes(meaning));
  // A short form that is known stands for nothing else: ref is no refund.
  if ((a.length < b.length ? ours : theirs) !== undefined) return false;
  return contracts(a, b) || contracts(b, a);
}

/** Each of our names with the one of theirs that is alike, where each has one and no other; undefined where that is not so. */
export function aligned(
  ours: readonly string[],
  theirs: readonly string[],
): ReadonlyMap<string, string> | undefined {
  if (ours.length !== theirs.length) return undefined;
  const pairs = new Map<string, string>();
  const common = new Set([...commonWords(ours), ...commonWords(theirs)]);
  for (const name of ours) {
    const found = theirs.includes(name)
      ? [name]
      : theirs.filter((other) => areNamesAlike(name, other, common));
    const [other] = found;
    if (other === undefined || found.length > 1) return undefined;
    pairs.set(name, other);
  }
  return new Set(pairs.values()).size === ours.length ? pairs : undefined;
}

/**
 * Whether keys that differ by letter case alone are names in another style: each side keeps to one, and none has figures or other signs, nor is so
 * short that it may be a symbol (CO and Co). Where only some of them change, they are data (users, paths, elements).
 */
export function areOfOneStyle(ours: readonly string[], theirs: readonly string[]): boolean {
  const spelled = new Map(theirs.map((key) => [key.toLowerCase(), key]));
  const changed = ours.filter((key) => spelled.has(key.toLowerCase()) && !theirs.includes(key));
  if (changed.length === 0) return true;
  if (changed.some((key) => !/^[A-Za-z_]+$/.test(key))) return false;
  if (!changed.some((key) => key.length > 3) || changed.some((key) => key.length < 3 && !/^id$/i.test(key)))
    return false;
  const first = (keys: readonly string[]) => new Set(keys.map((key) => /^[A-Z]/.test(key)));
  return first(ours).size === 1 && first(theirs).size === 1;
}
