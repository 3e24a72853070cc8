import { describe, expect, test } from '@jest/globals';
import { classifyPreface, HTTP2_PREFACE } from './preface.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('classifyPreface', () => {
  test('every proper prefix of the HTTP/2 preface is undecided, the whole of it is HTTP/2', () => {
    for (let length = 0; length < HTTP2_PREFACE.length; length += 1) {
      expect(classifyPreface(HTTP2_PREFACE.subarray(0, length))).toBe('undecided');
    }
    expect(classifyPreface(HTTP2_PREFACE)).toBe('http2');
    expect(classifyPreface(new Uint8Array([...HTTP2_PREFACE, 0, 0, 0, 4, 0]))).toBe('http2');
  });

  test.each(['G', 'GET / HTTP/1.1\r\n', 'PO', 'PUT', 'PROPFIND', 'PRI * HTTP/1.1\r\n', '\r\n'])(
    'the first byte that differs decides for HTTP/1: %j',
    (text) => expect(classifyPreface(bytes(text))).toBe('http1'),
  );
});
