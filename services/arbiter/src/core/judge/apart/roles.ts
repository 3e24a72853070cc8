import { readInstantText } from '../value/instants.ts';

/** Names of members that a text gives in this order, each line by itself. */
const SEQUENCES: readonly (readonly RegExp[])[] = [
  [/^(?:from|start|begin|since|opens|open)\b/, /^(?:to|until|till|end|thru|through|closes|close)\b/],
  [/^(?:valid )?from\b/, /^(?:valid )?(?:to|until)\b/],
  [/^(?:low|lower|min|minimum)\b/, /^(?:high|upper|max|maximum)\b/],
  [/^(?:first|initial)\b(?! name)/, /^(?:then|next|following|second|last|subsequent)\b(?! name)/],
  [/^(?:base|bought)\b/, /^(?:quote|counter|term)\b/],
  [/^(?:num|numerator)\b/, /^(?:den|denom|denominator)\b/],
  [/^(?:lat|latitude)\b/, /^(?:lon|lng|long|longitude)\b/],
  [/^(?:systolic|sys)\b/, /^(?:diastolic|dia)\b/],
  [/^(?:length|len|l)\b/, /^(?:width|w)\b/, /^(?:height|depth|h)\b/],
  [/^(?:year)\b/, /^(?:month)\b/, /^(?:day)\b/],
  [/^(?:hours?)\b/, /^(?:minutes?)\b/, /^(?:seconds?)\b/],
  [
    /\b(?:loading|origin|departure|source|sender|pickup|pick up)\b/,
    /\b(?:discharge|destination|arrival|target|receiver|recipient|delivery)\b/,
  ],
  [/^(?:building|ward|floor)\b/, /^room\b/, /^bed\b/],
  [/^morning\b/, /^(?:noon|midday)\b/, /^evening\b/, /^(?:bedtime|night)\b/],
  [/^(?:quantity|qty|count)\b/, /^(?:unit price|price)\b/],
  [/^(?:previous|prev|before|old)\b/, /^(?:current|curr|after|new)\b/],
  [/^(?:page|part|number|current|index|position)\b/, /^(?:total|of|count|pages|parts)\b/],
];
/** As HL7 writes names. */
const NAMES: readonly RegExp[] = [
  /^(?:family|last|surname)\b/,
  /^(?:given|first|forename)\b/,
  /^(?:middle|second)\b/,
];

export interface Role {
  readonly key: string;
  /** Where in the text, in one request. */
  readonly at: number;
}

/** Whether members have the order that their names ask for, or another one; undefined when their names ask for none. */
export function inOrder(roles: readonly Role[], sample: string): boolean | undefined {
  // Well-known text (ISO 19125) has x before y.
  if (/^(?:SRID=[0-9]+; ?)?POINT ?\(/i.test(sample)) return inOrderOf(roles, POINT);
  // HL7, names before a comma, and names of passengers (IATA: PATEL/AHMED MR).
  const isNames =
    /\^/.test(sample) || /^\p{L}+, \p{L}/u.test(sample) || /^\p{Lu}+\/\p{Lu}+(?: |$)/u.test(sample);
  // Which name of a person stands first is a matter of taste elsewhere.
  if (!isNames && areOfPerson(roles, sample)) return undefined;
  if (isNames) {
    // A title beside them is neither.
    const named = roles.filter(({ key }) => NAMES.some((name) => name.test(key)));
    const found = named.length > 1 ? inOrderOf(named, NAMES) : undefined;
    if (found !== undefined) return found;
  }
  for (const names of SEQUENCES) {
    const found = inOrderOf(roles, names);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** First and last, where no digit stands between or beside them: names, not ends of a range. */
function areOfPerson(roles: readonly Role[], sample: string): boolean {
  const [from = 0, to = 0] = roles.map(({ at }) => at).toSorted((a, b) => a - b);
  return (
    roles.length === 2 &&
    roles.every(({ key }) => /^(?:first|last)$/.test(key)) &&
    sample.length > 0 &&
    from !== to &&
    /^\p{L}/u.test(sample)
  );
}

const POINT: readonly RegExp[] = [/^(?:lon|lng|long|longitude|x)\b/, /^(?:lat|latitude|y)\b/];

function inOrderOf(roles: readonly Role[], names: readonly RegExp[]): boolean | undefined {
  const places = roles.map(({ key }) => names.findIndex((name) => name.test(key)));
  if (places.includes(-1) || new Set(places).size < places.length) return undefined;
  const sorted = roles.toSorted((a, b) => a.at - b.at);
  const ranks = sorted.map(({ key }) => names.findIndex((name) => name.test(key)));
  return ranks.every((rank, i) => i === 0 || rank > (ranks[i - 1] ?? 0));
}

/** What sort of thing all texts of a member are, so that it cannot be taken for a member of another sort. */
export function sortOf(texts: readonly string[], key: string): string {
  const all = (test: (text: string) => boolean) => texts.length > 0 && texts.every(test);
  if (all((text) => /^[0-9]{1,2}:[0-9]{2}/.test(text))) return 'time';
  if (all((text) => text.length >= 8 && readInstantText(text).length > 0)) return 'date';
  if (/\byear\b/.test(key) && all((text) => /^(?:19|20)[0-9]{2}$/.test(text))) return 'year';
  if (all((text) => /^[A-Z]{3}$/.test(text)) && /currency|ccy|base|quote/.test(key)) return 'currency';
  if (all((text) => /^[+-]?[0-9]+(?:[.,][0-9]+)?$/.test(text))) return 'number';
  if (all((text) => /^[^0-9]+$/.test(text))) return 'words';
  return 'mixed';
}
