import { wordsOf } from '../value/text.ts';
import { type Domain, type Reading, reading } from './reading.ts';

/** What a German word of business states is in English: the words behind the colon are those that systems use for it. */
const GERMAN = [
  'offen: open pending outstanding unpaid new',
  'bezahlt beglichen: paid settled',
  'unbezahlt: unpaid outstanding open',
  'storniert: cancelled canceled reversed voided',
  'gekuendigt gekündigt: terminated cancelled canceled',
  'versandt versendet verschickt: shipped sent dispatched',
  'geliefert zugestellt: delivered',
  'retourniert zurueckgesandt zurückgesandt: returned',
  'erstattet: refunded reimbursed',
  'gesperrt: blocked locked suspended',
  'aktiv: active enabled',
  'inaktiv: inactive disabled',
  'geschlossen: closed',
  'abgeschlossen erledigt: completed complete done finished closed',
  'abgelehnt: rejected declined refused denied',
  'genehmigt bewilligt: approved granted accepted',
  'angenommen: accepted',
  'bestaetigt bestätigt: confirmed',
  'ausstehend: pending outstanding',
  'wartend: waiting pending queued',
  'ungueltig ungültig: invalid',
  'gueltig gültig: valid',
  'abgelaufen: expired',
  'faellig fällig: due',
  'ueberfaellig überfällig: overdue',
  'gemahnt: dunned reminded',
  'gebucht: booked posted',
  'vorgemerkt: pending reserved',
  'reserviert: reserved',
  'eroeffnet eröffnet: opened open',
  'bestellt: ordered',
  'entsperrt: unblocked unlocked',
  'eingegangen: received',
  'geprueft geprüft: checked verified reviewed',
  'verloren: lost',
  'gestohlen: stolen',
  'ledig: single unmarried',
  'verheiratet: married',
  'geschieden: divorced',
  'verwitwet: widowed',
  'maennlich männlich: male',
  'weiblich: female',
  'herr: mr mister',
  'frau: ms mrs',
  'firma: company',
  'taeglich täglich: daily',
  'woechentlich wöchentlich: weekly',
  'monatlich: monthly',
  'vierteljaehrlich vierteljährlich quartalsweise: quarterly',
  'halbjaehrlich halbjährlich: semiannual semiannually half-yearly',
  'jaehrlich jährlich: yearly annual annually',
  'einmalig: once single one-off',
  'kauf: buy purchase',
  'verkauf: sell sale',
  'fest: fixed',
  'variabel: variable floating',
  'niedrig gering: low',
  'mittel: medium',
  'hoch: high',
  'erwachsener: adult',
  'kind: child',
  'hinflug hinfahrt: outbound',
  'rueckflug rückflug rueckfahrt rückfahrt: return inbound',
];

const ENGLISH_OF = new Map<string, readonly string[]>();
for (const line of GERMAN) {
  const [german = '', english = ''] = line.split(': ');
  for (const word of german.split(' ')) ENGLISH_OF.set(word, english.split(' '));
}
const ENGLISH: ReadonlySet<string> = new Set([...ENGLISH_OF.values()].flat());

/** The state, frequency, sex … that a word of business names; the key is the English word. */
export const businessWords: Domain = {
  name: 'business-word',
  reads: 'A word of business in German or in English: storniert, CANCELLED; monatlich, monthly; HERR, MR.',
  read({ text }): readonly Reading[] {
    // None of them has a figure.
    if (text === undefined || text.length < 2 || text.length > 20 || /[0-9]/.test(text)) return [];
    const word = wordsOf(text).replaceAll(' ', '-');
    // Those of the German word alone tell the notation: the English ones may be any vocabulary's.
    const german = ENGLISH_OF.get(word)?.flatMap((key) => reading('German', key, true)) ?? [];
    return ENGLISH.has(word) ? [...german, ...reading('English', word, false, true)] : german;
  },
};
