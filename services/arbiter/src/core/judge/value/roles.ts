import { wordsOf } from './text.ts';

/** The words of a field's own name, the last of its path: `card.expiresAt[0]` is expires at. */
function nameOf(field: string): string {
  const name = field.split(/[./[\]]+/).findLast((part) => !/^[0-9*]*$/.test(part));
  return wordsOf(name ?? '');
}

const test = (words: RegExp) => (field: string) => words.test(nameOf(field));

/** Before which, or on which, something ends: without a value it does not end. */
export const isEnd = test(
  /\b(?:expir|until|till|ends?\b|ending|thru\b|through\b|to\b|due\b|deadline|bis\b|gueltig bis|ablauf|ende\b|endet|befristet)/,
);

/** From which on something is: without a value it always was. */
export const isStart = test(
  /\b(?:from\b|starts?\b|starting|since\b|begin|effective|ab\b|von\b|seit\b|commence)|beginn$/,
);

/** Days that people really have, however long ago. */
export const isBirth = test(/\b(?:birth|born\b|dob\b|geburt|geboren)/);

/** Who may do what, or what is let through: none at all is not the same as no restriction. Where no one is blocked, both are. */
export const isRights = test(
  /\b(?:allow|permi(?:t|ss)|grant|roles?\b|scopes?\b|rights?\b|acls?\b|(?:white|safe) ?list|restrict|access\b|ips?\b|cidrs?\b|authori[sz]|filters?\b|include|only\b|entitle|privilege|audience|limits?\b|berechtig|erlaubt|rolle|rechte?\b)/,
);

/** Texts of which every character counts, the blanks and the signs too. */
export const isSecret = test(
  /\b(?:pass(?:words?|wd|phrases?|codes?)?\b|pwd\b|secrets?\b|tokens?\b|api ?keys?\b|(?:private|access|secret|license|licence) keys?\b|credentials?\b|pins?\b|otp\b|signatures?\b|hash(?:es)?\b|digests?\b|salts?\b|nonces?\b|kennwort|passwort|geheim)/,
);

/** What numbers parts or editions of something, so that 1.10 comes after 1.9. */
export const isNumbering = test(
  /\b(?:versions?\b|ver\b|releases?\b|build\b|revisions?\b|rev\b|clauses?\b|sections?\b|chapters?\b|articles?\b|paragraphs?\b|outline\b|firmware)/,
);

/** What tells one thing from all others. */
export const isIdentifying = test(
  /\b(?:ids?|uuid|no|nr|num|numbers?|codes?|keys?|refs?|references?|serial|sku|accounts?|customers?|konto|kunde)$/,
);

/** Books and goods, of which a number has a check digit. */
export const isBook = test(/\b(?:isbn|ean|gtin|upc|books?|articles?|products?|items?|goods|barcode)/);
