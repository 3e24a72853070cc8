import { isArray, NumberText, type Value } from '../../compare/value.ts';
import { readBytes } from '../value/bytes.ts';
import type { Side } from '../value/side.ts';
import { type Domain, type Reading, reading } from './reading.ts';

const PLAIN_UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Bytes of a GUID as Microsoft keeps it: the first three groups with the lowest byte first. */
const MIXED = /microsoft|guid|mixed.?endian|to_?byte_?array/i;

function mixedEndian(hex: string): string {
  const turned = (from: number, to: number) => hex.slice(from, to).match(/../g)?.toReversed().join('') ?? '';
  return turned(0, 8) + turned(8, 12) + turned(12, 16) + hex.slice(16);
}

/** Twenty-six signs of Crockford’s base 32, of which the first has three bits. */
const ULID = /^(?=.*[0-9])(?=.*[A-Z])[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function ofCrockford(text: string): string {
  let bits = 0n;
  for (const sign of text) bits = bits * 32n + BigInt(CROCKFORD.indexOf(sign));
  return bits.toString(16).padStart(32, '0');
}

export const guidBytes: Domain = {
  name: 'guid-of-bytes',
  reads:
    'The bytes of a GUID beside the name of their order, and its text: {"guidBytes":"643Y+ezZ0kaR6GxBXRAb8w==","layout":"microsoft"} and f9d88deb-d9ec-46d2-91e8-6c415d101bf3.',
  read({ text, fields }: Side): readonly Reading[] {
    if (text !== undefined)
      return PLAIN_UUID.test(text) ? reading('text', text.replaceAll('-', '').toLowerCase(), true, true) : [];
    const texts = fields?.size === 2 ? [...fields.values()].filter((value) => typeof value === 'string') : [];
    const [bytes] = texts
      .flatMap((value) => (value.length > 40 ? [] : readBytes(value)))
      .map(({ hex }) => hex);
    const isMixed = texts.length === 2 && texts.some((value) => MIXED.test(value));
    return bytes?.length === 32 && isMixed ? reading('bytes', mixedEndian(bytes), true) : [];
  },
  // The bytes in their plain order.
  near: (legacy, modern) => mixedEndian(legacy) === modern,
};

export const ulids: Domain = {
  name: 'ulid',
  reads:
    'A ULID and the UUID of its bits: 01ARZ3NDEKTSV4RRFFQ69G5FAV and 01563e3a-b5d3-d676-4c61-efb99302bd5b.',
  across: true,
  read({ text }: Side): readonly Reading[] {
    if (text === undefined) return [];
    if (ULID.test(text)) return reading('ULID', ofCrockford(text), true);
    return PLAIN_UUID.test(text) ? reading('UUID', text.replaceAll('-', '').toLowerCase(), false) : [];
  },
};

function bitsOf(number: number): string {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, number);
  return view.getUint32(0).toString(16).padStart(8, '0');
}

const REGISTERS = /^([0-9A-F]{4}) ([0-9A-F]{4})$/;

/** Two registers of 16 bits that are one number (IEEE 754 binary32); the key is its bits, the high word first. */
export const floatRegisters: Domain = {
  name: 'float-of-registers',
  reads:
    'Two registers of 16 bits, the high word first, and the number (IEEE 754, 32 bits) that they are: "43BA BEFA" and 373.492.',
  read(side: Side): readonly Reading[] {
    const { text, fields, number } = side;
    if (text !== undefined) {
      const words = REGISTERS.exec(text);
      return words === null ? [] : reading('registers', `${words[1]}${words[2]}`.toLowerCase(), true);
    }
    if (number !== undefined) return ofNumber(side.value ?? null);
    if (fields?.size === 1) return ofNumber([...fields.values()][0] ?? null);
    const words = fields?.size === 2 ? [...fields.values()].find((value) => isArray(value)) : undefined;
    const told =
      fields?.size === 2 ? [...fields.values()].find((value) => typeof value === 'string') : undefined;
    if (words === undefined || told === undefined || !/float.*32/i.test(told) || !/high|big/i.test(told))
      return [];
    const bits = words.map((word) => (word instanceof NumberText ? Number(word.text) : -1));
    if (bits.length !== 2 || !bits.every((word) => Number.isInteger(word) && word >= 0 && word < 65_536))
      return [];
    return reading('registers', bits.map((word) => word.toString(16).padStart(4, '0')).join(''), true);
  },
  near: (legacy, modern) => legacy.slice(4) + legacy.slice(0, 4) === modern,
};

function ofNumber(value: Value): readonly Reading[] {
  return value instanceof NumberText && value.text.length <= 24
    ? reading('number', bitsOf(Number(value.text)), false, true)
    : [];
}
