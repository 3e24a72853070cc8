/**
 * Words that a field has where it has nothing to say, in the languages of those who fill it in: NO, NONE KNOWN, NOT ASKED, keine Mahnung, ohne.
 * They prove nothing (NO may be a country), but where modern says nothing for such a word and for no other, nothing is shown to be lost.
 */
const WORDS =
  /^(?:no|none|not|nil|never|without|unknown|nothing|kein[a-z]{0,2}|nicht|nichts|nie|nein|ohne|unbekannt|entf(?:ae|ä)llt|sin|ning[a-z]{2,3}|aucune?|sans|nessun[oa]?|geen|ingen|brak)(?:[ _-]\p{L}{2,20}){0,2}$/iu;
/** States of things that begin so, and are told apart from none. */
const STATES =
  /(?:found|allowed|permitted|paid|valid|active|available|approved|delivered|refundable|bezahlt|erlaubt|g(?:ue|ü)ltig|aktiv)$/i;
/** The day from which programs count, written out where nobody has entered one: of OLE and Delphi, of .NET, of SQL. */
const NO_DAY = /^(?:30\.12\.1899|1899-12-30|18991230|12\/30\/1899|01\.01\.0001|00010101|00\.00\.0000)$/;

/** What clerks type where they have to type something. */
const MARKS = /^(?:[?.–—-]{1,3}|\.\/\.)$/;

export function saysNothing(text: string | undefined): boolean {
  if (text === undefined || text.length > 48) return false;
  const told = text.trim();
  return (WORDS.test(told) && !STATES.test(told)) || NO_DAY.test(told) || MARKS.test(told);
}
