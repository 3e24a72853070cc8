import { remembered } from './remembered.ts';
import { wordsOf } from './text.ts';

/** The words of a field's own name, the last of its path: `card.expiresAt[0]` is expires at. */
function nameOf(field: string): string {
  const name = field.split(/[./[\]]+/).findLast((part) => !/^[0-9*]*$/.test(part));
  return wordsOf(name ?? '');
}

/** Rule after rule asks the same of a field. */
const test = (words: RegExp) => remembered((field) => words.test(nameOf(field)));

/** Before which, or on which, something ends: without a value it does not end. */
export const isEnd = test(
  /\b(?:expir|not after\b|last (?:valid\b|day\b)|terminat|maturit|until|till|ends?\b|ending|thru\b|through\b|to\b|due\b|deadline|bis\b|gueltig bis|ablauf|ende\b|endet|befristet)/,
);

/** From which on something is: without a value it always was. */
export const isStart = test(
  /\b(?:from\b|not before\b|first\b|activat|unlock|release|starts?\b|starting|since\b|begin|effective|ab\b|von\b|seit\b|commence)|beginn$/,
);

/** Days that people really have, however long ago. */
export const isBirth = test(/\b(?:birth|born\b|dob\b|geburt|geboren)/);

/** Who may do what, or what is let through: none at all is not the same as no restriction. Where no one is blocked, both are. */
export const isRights = test(
  /\b(?:allow|permi(?:t|ss)|grant|roles?\b|scopes?\b|rights?\b|acls?\b|(?:white|safe) ?list|restrict|access\b|ips?\b|cidrs?\b|visible to\b|shared with\b|editors?\b|viewers?\b|authori[sz]|filters?\b|include|only\b|entitle|privilege|audience|limits?\b|berechtig|erlaubt|rolle|rechte?\b)/,
);

/** Texts of which every character counts, the blanks and the signs too. */
export const isSecret = test(
  /\b(?:pass(?:words?|wd|phrases?|codes?)?\b|pwd\b|secrets?\b|tokens?\b|api ?keys?\b|(?:private|access|secret|license|licence) keys?\b|credentials?\b|pins?\b|pw\b|otp\b|signatures?\b|hash(?:es)?\b|digests?\b|salts?\b|nonces?\b|kennwort|passwort|geheim)/,
);

/** What numbers parts or editions of something, so that 1.10 comes after 1.9. */
export const isNumbering = test(
  /\b(?:versions?\b|ver\b|releases?\b|build\b|revisions?\b|rev\b|clauses?\b|sections?\b|chapters?\b|articles?\b|paragraphs?\b|outline\b|firmware\b|icd|hs ?codes?\b|dewey\b|isco|naics\b|unspsc\b|sic\b|tariff (?:code|number)|standards?\b|catalogue?s?\b|class(?:ification)?\b)/,
);

/** What tells one thing from all others. */
export const isIdentifying = test(
  /\b(?:ids?|uuid|no|nr|num|numbers?|codes?|keys?|refs?|references?|serial|sku|accounts?|customers?|konto|kunde)$/,
);

/** Books and goods, of which a number has a check digit. */
export const isBook = test(/\b(?:isbn|ean|gtin|upc|books?|articles?|products?|items?|goods|barcode)/);

/** What somebody or something may not, or is kept from, until it ends: without an end it is not at all, or for ever. */
export const isBarred = (field: string): boolean => {
  const words = wordsOf(field.replaceAll(/[.[\]*]+/g, ' '));
  const name = nameOf(field);
  // Until when, and nothing says what: a ban has an end as an offer has one.
  if (/^(?:until|till|thru|through|bis)$/.test(name) && !LASTING.test(words)) return true;
  return BARRED.test(words) || (/\b(?:until|till|thru|through|before)$/.test(name) && !HELD.test(name));
};

/** Whether a member of this name says that something is barred: banned, blocked, on hold. */
export const isBarredName = (name: string): boolean => BARRED.test(wordsOf(name));

/** What is good for who has it, until it ends: without an end it does not end. */
const HELD =
  /^(?:(?:is|was|row|record|entry|price|rate|contract|policy|tariff|license|licence|card|item|offer|in|force) )*(?:valid|effective|active|insured|covered|contracted|gueltig|available|open|employed|subscribed|entitled|licensed|certified|member|paid|assigned)? ?(?:in|on|at)? ?(?:until|till|thru|through)$/;
/** The same of what it stands in. */
const LASTING =
  /\b(?:valid\w*|effective|active|insur\w*|cover\w*|contract\w*|price\w*|pricing|rates?|tariffs?|licen[cs]e\w*|cards?|items?|offers?|polic(?:y|ies)|periods?|terms?|member\w*|subscri\w*|employ\w*|available|availability|open|paid|certif\w*|versions?|ranges?|intervals?|windows?|spans?|gueltig\w*|laufzeit|vertrag)\b/;
const BARRED =
  /\b(?:ban(?:ned|s)?|penal\w*|imprison\w*|restrain\w*|recall\w*|mute\w*|blacklist\w*|cool ?down|blocked|locked|lockout|suspen\w*|hold|retain\w*|retention|exclu\w*|quarantin\w*|embargo\w*|ground\w*|disqualif\w*|revok\w*|not|frozen|barred|sanction\w*|restrict\w*|gesperrt|sperre|parole|probation\w*|detention\w*|injunction\w*|moratorium|exile\w*|boycott\w*|curfew\w*|arrest\w*|custody|expel\w*|forbid\w*|prohibit\w*|den(?:y|ied)|extinct)\b/;

/** What says how something is to be changed or looked for: null there is a statement, and a missing member is none. */
export const isPatch = (field: string) =>
  /\b(?:patch|changes?|changed|updates?|delta|diff|filters?|where|criteria|query)\b/.test(
    wordsOf(field.replaceAll(/[.[\]*]+/g, ' ')),
  );

/** What is counted: 0 and 1 there are no and one of it. */
export const isCounted = test(
  /^(?!(?:is|has|in|can|was|are|does|may|with|no)\b)(?:.*\b)?(?:counts?|counter|number|qty|quantity|stock|children|adults|difference|temperature|level|score|balance|amount|offset|polarity|direction|shift|trend|(?!has\b|yes\b|news\b|terms\b|sales\b|consents\b|flags\b|allows\b|accepts\b|requires\b|supports\b|exists\b|needs\b|uses\b)[a-z]{2,}[^sui]s(?: (?:played|away|inside|home|scored|won|lost|taken|stolen|ordered|paid|used|left|taken|booked|open|sent|done|sold|missed|missing|remaining|total))?)$/,
);

/** What is no day, however its digits look. */
export const isNoDay = test(
  /\b(?:quantity|qty|menge|amount|betrag|price|preis|fee|total|sum|zip|plz|postal|postcode|account|konto|order ?(?:no|number|id)|orderno|number|no|nr|isbn|ean|gtin|barcode|sku|serial|lot|batch|invoice|ticket|count|id|code|phone|room|gate|seat|flight|platform|page|plot|locker|plate)$/,
);

/** Where the pieces of a text, or the joints between them, are told: each blank is one. */
export const isJoint = test(
  /\b(?:separators?|delimiters?|prefix|suffix|joiner|join(?: with)?|glue|pad(?:ding)?(?: character)?|pad character|fill(?: with)?|indent|salutation|format|diff|line prefix|yaml)\b/,
);

/** Where something is looked for or begins: the empty one is everywhere. */
export const isScope = test(/\b(?:prefix|suffix|namespace|base path|root|pattern|separator|delimiter)$/);

/** How long something goes on, in days, months or years. */
export const isPeriod = test(
  /\b(?:terms?|tenor|period|duration|frequency|laufzeit|dauer|maturity|validity|contract|notice|warranty|guarantee|interval|runtime|cycle)\b/,
);

/** What lasts minutes or less, or is counted and measured by a number with a letter. */
export const isNoPeriod = test(
  /\b(?:ttl|timeouts?|keep ?alive|sessions?|resolution|dimensions?|length|size|fabric|width|height|power|memory|pixels?|range|yarn)\b/,
);

/** Amounts of money, by their name. */
export const isMoneyName = test(
  /\b(?:amount|amt|betrag|balance|saldo|price|preis|fee|revenue|turnover|umsatz|budget|cost|costs|value|salary|income|profit|debt|notional|volume|market cap|cap|aum|assets|loan|limit|net|netto|gross|brutto|tax|vat|sums?|summe|totals?|subtotal|percent|percentage|pct|principal|interest|instal?ments?|paid|due|open|tilgung|zins(?:en)?|rest|premium|remaining|discount|deposit|payment|charge)\b/,
);

/** What may be another thing in another letter case. */
export const isCased = test(
  /\b(?:files?|filename|path|elements?|formula|coupons?|vouchers?|invites?|promo|command|cmd|variable|env|key|username|login|alleles?|genes?|proteins?|chords?)(?: codes?)?$/,
);

/** What was looked for and not found, or for whom: none is a statement, and nothing is none. */
export const isFound = test(
  /\b(?:allerg\w*|intolerances?|hits|matches|findings|selectors?|egress|ingress|approvers|proxies|origins|medications?|reviewed|diagnos\w*|convictions?|objections?|witnesses)\b/,
);

/** A part of a whole. */
export const isShare = test(
  /\b(?:share|fraction|quota|quote|portion|proportion|part|ratio|anteil|bruchteil)$/,
);

/** When something is, by the hour. */
export const isTimeName = test(
  /\b(?:times?|at|from|to|opens?|opening|closes?|closing|starts?|ends?|until|departs?|departure|arrives?|arrival|pickup|cutoff|cut off|clock|hour|hhmm|uhrzeit|zeit|heure|von|bis|begin)$/,
);
