import { expect, test } from '@jest/globals';
import { withoutCredentials } from './credentials.ts';
import { bytes } from './testing.ts';

const redacted = (name: string, value: string) =>
  withoutCredentials([{ name, value: bytes(value) }]).map((f) => new TextDecoder().decode(f.value))[0];

test.each([
  ['authorization', 'Bearer eyJh.eyJz.c2ln', 'Bearer eyJh.eyJz.[redacted]'],
  ['authorization', 'Bearer eyJh.eyJz.c2ln,x', 'Bearer [redacted]'],
  ['authorization', 'Bearer opaque', 'Bearer [redacted]'],
  ['authorization', 'Basic dXNlcjpwYXNz', 'Basic [redacted]'],
  ['authorization', 'secret', '[redacted]'],
  ['authorization', 'secret ', '[redacted]'],
  ['proxy-authorization', 'Digest username="u", response="r"', 'Digest [redacted]'],
  ['cookie', 'sid=a=b; theme=dark', 'sid=[redacted]; theme=[redacted]'],
  ['x-api-key', 'k', '[redacted]'],
  ['constructor', 'x', 'x'],
  ['accept', 'Bearer x', 'Bearer x'],
])('%s: %s', (name, value, expected) => expect(redacted(name, value)).toBe(expected));
