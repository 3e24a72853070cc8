/** Realistic values for families: amounts, dates, names; and their raw JSON texts. */
import type { Random } from './kit.ts';

/** Raw JSON text of a value. Numbers whose exact text matters (1.10) are written as text by `decimal` instead. */
export const json = (value: unknown): string => JSON.stringify(value);

/** A raw JSON object from raw JSON members: `object({ amount: '1.10', currency: '"EUR"' })`. */
export function object(members: Readonly<Record<string, string>>): string {
  return `{${Object.entries(members)
    .map(([key, text]) => `${JSON.stringify(key)}:${text}`)
    .join(',')}}`;
}

/** A raw JSON list from raw JSON texts. */
export const list = (texts: readonly string[]): string => `[${texts.join(',')}]`;

/** `decimal(-1230, 2)` is `-12.30`: a whole number of units of 10^-scale as exact text. */
export function decimal(units: number | bigint, scale: number): string {
  const value = BigInt(units);
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return `${value < 0n ? '-' : ''}${whole}${scale > 0 ? `.${digits.slice(digits.length - scale)}` : ''}`;
}

/** Groups the whole part of a plain decimal text: `grouped('1234567.50', "'")`. */
export function grouped(text: string, separator: string, point = '.'): string {
  const [whole = '', fraction] = text.split('.');
  const spaced = whole.replace(/\B(?=(\d{3})+(?!\d))/g, separator);
  return fraction === undefined ? spaced : `${spaced}${point}${fraction}`;
}

/** A positive amount in minor units, spread evenly over its orders of magnitude (0.05 to 250 000.00 by default). */
export function minorUnits(random: Random, low = 5, high = 25_000_000): number {
  return Math.floor(Math.exp(Math.log(low) + random.next() * (Math.log(high) - Math.log(low))));
}

export const currencies = ['EUR', 'USD', 'GBP', 'CHF', 'SEK', 'PLN', 'CAD', 'AUD'] as const;
export const surnames = [
  'Miller', 'Kowalski', 'Garcia', 'Nguyen', 'Okafor', 'Rossi', 'Jensen', 'Dubois', 'Tanaka', 'Silva', 'Novak', 'Haddad', 'Murphy', 'Patel',
] as const; // biome-ignore format: a word list
export const givenNames = [
  'Anna',
  'James',
  'Maria',
  'Ivan',
  'Chloe',
  'Ahmed',
  'Yuki',
  'Paul',
  'Ines',
  'Lars',
  'Olga',
  'Sam',
] as const;
export const cities = [
  'Leeds',
  'Bremen',
  'Porto',
  'Lyon',
  'Gdansk',
  'Turin',
  'Malmo',
  'Ghent',
  'Boston',
  'Osaka',
  'Perth',
  'Graz',
] as const;
export const streets = [
  'High Street',
  'Bahnhofstrasse',
  'Rue du Port',
  'Oak Avenue',
  'Via Roma',
  'Mill Lane',
  'Main Street',
] as const;
export const companies = [
  'Northwind Energy',
  'Acme Freight',
  'Helios Telecom',
  'Contoso Retail',
  'St Mary Hospital',
  'Alpine Mutual',
] as const;

/** A calendar day, with its usual writings. */
export class Day {
  readonly date: Date;
  constructor(milliseconds: number) {
    this.date = new Date(milliseconds);
  }
  static of(year: number, month: number, day: number): Day {
    return new Day(Date.UTC(year, month - 1, day));
  }
  static any(random: Random, firstYear = 1995, lastYear = 2026): Day {
    const start = Date.UTC(firstYear, 0, 1);
    const days = (Date.UTC(lastYear + 1, 0, 1) - start) / 86_400_000;
    return new Day(start + random.int(0, days - 1) * 86_400_000);
  }
  get year(): number {
    return this.date.getUTCFullYear();
  }
  /** 1 to 12. */
  get month(): number {
    return this.date.getUTCMonth() + 1;
  }
  get day(): number {
    return this.date.getUTCDate();
  }
  /** 1 to 366. */
  get ordinal(): number {
    return (this.date.getTime() - Date.UTC(this.year, 0, 1)) / 86_400_000 + 1;
  }
  /** Days since 1970-01-01. */
  get epochDay(): number {
    return this.date.getTime() / 86_400_000;
  }
  get yyyy(): string {
    return String(this.year).padStart(4, '0');
  }
  get mm(): string {
    return two(this.month);
  }
  get dd(): string {
    return two(this.day);
  }
  /** 2024-03-01 */
  get iso(): string {
    return `${this.yyyy}-${this.mm}-${this.dd}`;
  }
  plus(days: number): Day {
    return new Day(this.date.getTime() + days * 86_400_000);
  }
}

/** Two digits, zero-padded. */
export const two = (value: number): string => String(value).padStart(2, '0');

/** A time of day. */
export function timeOfDay(random: Random): { h: number; m: number; s: number; text: string } {
  const [h, m, s] = [random.int(0, 23), random.int(0, 59), random.int(0, 59)];
  return { h, m, s, text: `${two(h)}:${two(m)}:${two(s)}` };
}
