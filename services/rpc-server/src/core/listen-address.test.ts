import { describe, expect, test } from '@jest/globals';
import { formatListenAddress, parseListenAddress } from './listen-address.ts';

describe('parseListenAddress', () => {
  test.each(['127.0.0.1:0', 'localhost:65535', '[::1]:8080', 'unix:/run/chronos.sock'])(
    '%s is read and written back',
    (text) => expect(formatListenAddress(parseListenAddress(text))).toBe(text),
  );

  test.each(['', ':8080', '8080', '127.0.0.1', '127.0.0.1:65536', '127.0.0.1:x', '::1:80', 'unix:', 'a b:1'])(
    '%j is refused, and the error says what is accepted',
    (text) => expect(() => parseListenAddress(text)).toThrow(/expected host:port .* or unix:\/path/),
  );
});
