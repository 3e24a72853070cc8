import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { codecs } from './codecs.ts';

describe('content codings', () => {
  test('stop at the bound', () => {
    const body = gzipSync('x'.repeat(1_000));
    expect(codecs.decode('gzip', body, 1_000)).toMatchObject({ ok: true });
    expect(codecs.decode('gzip', body, 999)).toEqual({ ok: false, reason: 'too-large' });
    expect(codecs.decode('gzip', body, 0)).toEqual({ ok: false, reason: 'too-large' });
  });

  test('names of object members are no codings', () => {
    expect(codecs.decode('constructor', new Uint8Array(1), 10)).toEqual({
      ok: false,
      reason: 'unknown-encoding',
    });
  });
});
