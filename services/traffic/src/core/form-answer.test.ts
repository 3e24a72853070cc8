import { describe, expect, test } from '@jest/globals';
import { readFormAnswer } from './form-answer.ts';

const xml = 'text/xml; charset=utf-8';
const json = 'application/json';

describe('readFormAnswer', () => {
  test('the token of a log-in, from XML and from JSON', () => {
    const login = '<?xml version="1.0"?><Anmeldung><Token>a.b.c</Token></Anmeldung>';
    expect(readFormAnswer(200, xml, login)).toMatchObject({ code: 'ok', answer: { token: 'a.b.c' } });
    expect(readFormAnswer(200, json, '{"token":"a.b.c"}')).toMatchObject({
      code: 'ok',
      answer: { token: 'a.b.c' },
    });
  });

  test.each([
    [400, xml, '<Fehler><Nr>9</Nr><Text>no money</Text></Fehler>', 'failed_precondition'],
    [400, json, '{"code":"failed_precondition","message":"no money"}', 'failed_precondition'],
    [500, xml, '<Fehler><Nr>13</Nr><Text>internal error</Text></Fehler>', 'internal'],
    [503, 'text/plain', 'upstream connect error', 'status 503'],
  ])('%i as %s %s is %s', (status, type, text, code) => {
    expect(readFormAnswer(status, type, text)).toEqual({ code, answer: undefined });
  });
});
