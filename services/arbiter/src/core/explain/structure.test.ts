import { describe, expect, test } from '@jest/globals';
import { parseJson } from '../compare/json.ts';
import type { Value } from '../compare/value.ts';
import { explain } from './explain.ts';
import { structureOf } from './structure.ts';

function json(text: string): Value {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

const CASES: readonly (readonly [name: string, legacy: string, modern: string, formula: string])[] = [
  ['wrapped', '[1,2]', '{"items":[1,2],"total":2}', 'modern wraps the value in an object, as "items"'],
  ['unwrapped', '{"data":{"a":1}}', '{"a":1.0}', 'modern gives only what legacy has as "data"'],
  [
    'arrayified',
    '{"a":1,"b":{"c":"x"}}',
    '{"a":[1],"b":{"c":["x"]}}',
    'modern puts every value in a list of one',
  ],
  ['unarrayified', '{"a":[1],"b":["x"]}', '{"a":1,"b":"x"}', 'modern takes single values out of their lists'],
  [
    'keys-restyled',
    '[{"customerId":1,"zipCode":"x"}]',
    '[{"customer_id":1,"zip_code":"x"}]',
    'modern names keys in snake_case, legacy in camelCase',
  ],
  ['nulls-left-out', '{"a":null,"b":{"c":null,"d":1}}', '{"b":{"d":1}}', 'modern leaves out what is null'],
  ['empties-left-out', '{"a":[],"b":"","c":1}', '{"c":1}', 'modern leaves out what is empty'],
  ['numbers-as-text', '{"a":1.50,"b":[2]}', '{"a":"1.50","b":["2"]}', 'modern writes numbers as text'],
  [
    'flattened',
    '{"a":{"b":1,"c":2}}',
    '{"a_b":1,"a_c":2}',
    'modern has no nested objects, their keys are joined',
  ],
];

describe('one change of structure made everywhere', () => {
  test.each(CASES)('%s', (name, legacy, modern, formula) => {
    expect(structureOf(json(legacy), json(modern))).toMatchObject({ name, formula });
  });

  test.each([
    ['a value changed as well', '{"customerId":1}', '{"customer_id":2}'],
    ['two styles at once', '{"customerId":1,"zipCode":2}', '{"customer_id":1,"zip-code":2}'],
    ['a null left out and a value too', '{"a":null,"b":1}', '{}'],
    ['the same', '{"a":1}', '{"a":1.0}'],
  ])('none: %s', (_, legacy, modern) => {
    expect(structureOf(json(legacy), json(modern))).toBeUndefined();
  });

  test('told of a field with its figures', () => {
    const samples = ['[1]', '[1,2]', '[]'].map((legacy) => ({ legacy, modern: `{"items":${legacy}}` }));
    expect(explain(samples)?.sentence).toBe(
      'modern wraps the value in an object, as "items" on 3 of 3 differing requests',
    );
  });
});
