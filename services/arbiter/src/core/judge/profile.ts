import type { Triple } from './episode.ts';
import { ALL_DATE_ORDERS, readInstants } from './value/instants.ts';
import { canonical, listOrder, sameElements, turnedShare } from './value/lists.ts';
import { ALL_NUMBER_STYLES, NumberStyle, readNumber } from './value/numbers.ts';
import { Side } from './value/side.ts';
import { readTruth } from './value/truth.ts';
import { readUrl } from './value/url.ts';

/** Distinct values remembered of a field; a larger vocabulary is no enumeration. */
const VOCABULARY_MAX = 48;
/** Longer values are no codes. */
const WORD_CHARS_MAX = 64;

/** The values of one side of a field, by what notation they leave open. Plain data. */
export interface SideProfile {
  texts: number;
  /** Distinct raw values while there are at most {@link VOCABULARY_MAX} of them; complete unless `vocabularyOpen`. */
  vocabulary: string[];
  vocabularyOpen: boolean;
  /** Styles in which every text so far is a number: bits of NumberStyle; 0 when some text is none. */
  numberStyles: number;
  /** Orders in which every local date so far is a date: bits of DateOrder. */
  dateOrders: number;
  upperCase: number;
  lowerCase: number;
  mixedCase: number;
  /** Every value so far can be a truth value. */
  truthOnly: boolean;
  hosts: string[];
  hostsOpen: boolean;
  numbers: number;
  scaleMin: number;
  scaleMax: number;
  negative: number;
}

/** All that is known of a field besides the pair at hand. Plain data: survives JSON. */
export interface ProfileData {
  observed: number;
  /** Observations with a second run of legacy, and those among them in which legacy does not repeat itself. */
  compared: number;
  varying: number;
  /** Lists that legacy's second run gave in another order with the same elements. */
  orderOpen: number;
  /** Those among them whose first element is the same in both runs. */
  firstKept: number;
  /** The largest share of a list’s order that legacy’s second run turned. */
  mostTurned: number;
  /** Lists of two elements or more that have a second run. */
  listsAgain: number;
  /** Lists of two elements or more, and those sorted. */
  lists: number;
  listsSorted: number;
  legacy: SideProfile;
  modern: SideProfile;
}

/** The values of one observation, each text read once: what is the same text is the same side. */
export interface Sides {
  readonly legacy: Side;
  readonly modern: Side;
  readonly legacy2: Side | undefined;
}

export function sidesOf({ legacy, modern, legacy2 }: Triple): Sides {
  const ours = new Side(legacy);
  return {
    legacy: ours,
    modern: modern === legacy ? ours : new Side(modern),
    legacy2: legacy2 === undefined ? undefined : legacy2 === legacy ? ours : new Side(legacy2),
  };
}

/** Bounded statistics of one field of one route. Knows nothing until it has observed something; rules with guards then refuse. */
export class FieldProfile {
  readonly data: ProfileData;

  constructor(data: ProfileData = emptyData()) {
    this.data = data;
  }

  static of(triples: readonly Triple[]): FieldProfile {
    const profile = new FieldProfile();
    for (const triple of triples) profile.observe(triple);
    return profile;
  }

  observe(triple: Triple): void {
    this.observeSides(sidesOf(triple));
  }

  /** As {@link observe}, of values that are read already. */
  observeSides({ legacy, modern, legacy2: again }: Sides): void {
    const { data } = this;
    data.observed += 1;
    observeSide(data.legacy, legacy);
    observeSide(data.modern, modern);
    observeList(data, legacy);
    if (again === undefined) return;
    data.compared += 1;
    if ((legacy.items?.length ?? 0) >= 2) data.listsAgain += 1;
    if (again.raw === legacy.raw) return;
    data.varying += 1;
    observeSide(data.legacy, again);
    const [ours, theirs] = [legacy.items, again.items];
    if (ours === undefined || theirs === undefined || !sameElements(ours, theirs)) return;
    data.orderOpen += 1;
    data.mostTurned = Math.max(data.mostTurned, turnedShare(ours, theirs));
    if (canonical(ours[0] ?? null) === canonical(theirs[0] ?? null)) data.firstKept += 1;
  }

  toJSON(): ProfileData {
    return this.data;
  }
}

/** Knows nothing. */
export const UNKNOWN_FIELD: FieldProfile = new FieldProfile();

function emptyData(): ProfileData {
  return {
    observed: 0,
    compared: 0,
    varying: 0,
    orderOpen: 0,
    firstKept: 0,
    mostTurned: 0,
    listsAgain: 0,
    lists: 0,
    listsSorted: 0,
    legacy: emptySide(),
    modern: emptySide(),
  };
}

function emptySide(): SideProfile {
  return {
    texts: 0,
    vocabulary: [],
    vocabularyOpen: false,
    numberStyles: ALL_NUMBER_STYLES,
    dateOrders: ALL_DATE_ORDERS,
    upperCase: 0,
    lowerCase: 0,
    mixedCase: 0,
    truthOnly: true,
    hosts: [],
    hostsOpen: false,
    numbers: 0,
    scaleMin: 0,
    scaleMax: 0,
    negative: 0,
  };
}

function observeSide(profile: SideProfile, side: Side): void {
  const { raw, text } = side;
  if (raw === undefined || raw === 'null' || text === '') return;
  remember(profile, raw);
  // A blank is no answer.
  if (profile.truthOnly && text?.trim() !== '' && readTruth(side) === undefined) profile.truthOnly = false;
  const number = side.number;
  if (number !== undefined) observeScale(profile, number.scale, number.units < 0n);
  if (text !== undefined) observeText(profile, side, text);
}

function observeText(profile: SideProfile, side: Side, text: string): void {
  profile.texts += 1;
  const number = readNumber(side);
  profile.numberStyles &= number?.styles ?? 0;
  const plain = number?.values.get(NumberStyle.plain);
  if (plain !== undefined) observeScale(profile, plain.scale, plain.units < 0n);
  let orders = 0;
  for (const instant of readInstants(side)) orders |= instant.order;
  if (orders !== 0) profile.dateOrders &= orders;
  const upper = text !== text.toLowerCase();
  const lower = text !== text.toUpperCase();
  if (upper && lower) profile.mixedCase += 1;
  else if (upper) profile.upperCase += 1;
  else if (lower) profile.lowerCase += 1;
  const host = readUrl(text)?.host;
  if (host !== undefined && !profile.hosts.includes(host)) {
    if (profile.hosts.length < 4) profile.hosts.push(host);
    else profile.hostsOpen = true;
  }
}

function observeScale(profile: SideProfile, scale: number, negative: boolean): void {
  profile.scaleMin = profile.numbers === 0 ? scale : Math.min(profile.scaleMin, scale);
  profile.scaleMax = Math.max(profile.scaleMax, scale);
  profile.numbers += 1;
  if (negative) profile.negative += 1;
}

function remember(profile: SideProfile, raw: string): void {
  if (profile.vocabularyOpen || profile.vocabulary.includes(raw)) return;
  if (raw.length > WORD_CHARS_MAX || profile.vocabulary.length >= VOCABULARY_MAX)
    profile.vocabularyOpen = true;
  else profile.vocabulary.push(raw);
}

function observeList(data: ProfileData, side: Side): void {
  const items = side.items;
  if (items === undefined || items.length < 2) return;
  data.lists += 1;
  if (listOrder(items) !== undefined) data.listsSorted += 1;
}
