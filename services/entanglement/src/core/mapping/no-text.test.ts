import { expect, test } from '@jest/globals';
import { noText } from './step.ts';
import { ownedAccount } from './testing.ts';

const entity = ownedAccount();

test('what is no text is written nowhere, though the field is text; a text that begins with a question mark is', () => {
  const write = (owner: string) => entity.row('modern', new Map([['owner', owner]]));
  expect(() => write(noText('4DFC6C6C6572'))).toThrow('could not be read');
  expect(write('?what')).toEqual({ owner: '?what' });
});
