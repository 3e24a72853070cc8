import { NumberText, type Value } from '../../compare/value.ts';
import { rawOf, type Side } from '../value/side.ts';
import type { ProofRule } from './rule.ts';

const CHARS_MAX = 64 * 1024;
const DEPTH_MAX = 12;

export const phpSerialised: ProofRule = {
  name: 'php-serialised',
  accepts:
    'A value as PHP serialises it and the same as JSON: a:1:{s:4:"city";s:3:"Ulm";} and {"city":"Ulm"}; arrays with the keys 0, 1, 2 are lists.',
  refuses:
    'Modern giving such a text, objects of classes, references, a text that is not wholly one such value, any part not proven equal.',
  prove({ legacy, modern, part }) {
    const ours = modern.text === undefined ? readPhp(legacy) : undefined;
    if (ours === undefined || modern.raw === undefined) return undefined;
    const raw = rawOf(ours);
    return raw === modern.raw || part(raw, modern.raw) !== undefined
      ? 'Legacy has the same value as PHP serialises it.'
      : undefined;
  },
};

function readPhp({ text }: Side): Value | undefined {
  if (text === undefined || text.length > CHARS_MAX || !/^a:[0-9]+:\{.*\}$/s.test(text)) return undefined;
  const bytes = new TextEncoder().encode(text);
  const found = readAt(bytes, 0, 0);
  return found?.end === bytes.length ? found.value : undefined;
}

interface Found {
  readonly value: Value;
  readonly end: number;
}

/** Lengths count bytes. */
function readAt(bytes: Uint8Array, at: number, depth: number): Found | undefined {
  const head = latin(bytes.subarray(at, at + 40));
  const plain = /^(?:(N);|([bid]):(-?[0-9.]{1,30}(?:E[+-]?[0-9]{1,3})?);)/.exec(head);
  if (plain !== null) {
    const [whole, , kind, text = ''] = plain;
    const value = kind === undefined ? null : kind === 'b' ? text === '1' : new NumberText(text);
    return { value, end: at + whole.length };
  }
  const [start, kind, count] = /^([sa]):([0-9]{1,6}):["{]/.exec(head) ?? [];
  if (start === undefined || depth > DEPTH_MAX) return undefined;
  const from = at + start.length;
  if (kind === 'a') return readArray(bytes, from, Number(count), depth);
  const end = from + Number(count);
  if (latin(bytes.subarray(end, end + 2)) !== '";') return undefined;
  return { value: new TextDecoder().decode(bytes.subarray(from, end)), end: end + 2 };
}

function readArray(bytes: Uint8Array, from: number, count: number, depth: number): Found | undefined {
  const fields = new Map<string, Value>();
  let at = from;
  for (let i = 0; i < count; i++) {
    const key = readAt(bytes, at, depth + 1);
    const item = key && readAt(bytes, key.end, depth + 1);
    if (key === undefined || item === undefined) return undefined;
    fields.set(typeof key.value === 'string' ? key.value : rawOf(key.value), item.value);
    at = item.end;
  }
  if (latin(bytes.subarray(at, at + 1)) !== '}' || fields.size !== count) return undefined;
  const isList = count > 0 && [...fields.keys()].every((key, i) => key === String(i));
  return { value: isList ? [...fields.values()] : fields, end: at + 1 };
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
