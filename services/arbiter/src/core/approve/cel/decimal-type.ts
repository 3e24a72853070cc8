import { objectType } from '@bufbuild/cel';
import { create, createFileRegistry, type Message } from '@bufbuild/protobuf';
import { type ReflectMessage, reflect } from '@bufbuild/protobuf/reflect';
import {
  EmptySchema,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FileDescriptorSetSchema,
} from '@bufbuild/protobuf/wkt';
import { compare, decimalText, NumberError, type Rational } from '../rational.ts';

/**
 * CEL knows binary floats only, and its type system takes further types as protobuf messages. So an exact number is a message that holds its
 * text, and the fraction it stands for is remembered beside it; two messages of the same number are equal for CEL as well.
 */
const registry = createFileRegistry(
  create(FileDescriptorSetSchema, {
    file: [
      {
        name: 'decimal.proto',
        syntax: 'proto3',
        messageType: [
          {
            name: 'decimal',
            field: [
              {
                name: 'text',
                number: 1,
                type: FieldDescriptorProto_Type.STRING,
                label: FieldDescriptorProto_Label.OPTIONAL,
              },
            ],
          },
        ],
      },
    ],
  }),
);

const found = registry.getMessage('decimal');
if (!found) throw new Error('the registry above holds decimal');
const decimalDesc = found;

export const DECIMAL = objectType(decimalDesc);

const fractions = new WeakMap<Message, Rational>();

export function celDecimal(value: Rational): ReflectMessage {
  const message = create(decimalDesc, { text: `${value.numerator}/${value.denominator}` });
  fractions.set(message, value);
  return reflect(decimalDesc, message);
}

export function isDecimal(value: ReflectMessage): boolean {
  return fractions.has(value.message);
}

/** @throws NumberError when it was not made by {@link celDecimal}. */
export function rationalOf(value: ReflectMessage): Rational {
  const fraction = fractions.get(value.message);
  if (!fraction) throw new NumberError('not a decimal');
  return fraction;
}

/** The number's plain text.
 * @throws NumberError when it has no end, as 1/3.
 */
export function finiteText(value: Rational): string {
  const text = decimalText(value);
  if (text === undefined)
    throw new NumberError(
      `${value.numerator}/${value.denominator} has no end as a decimal; round it, as in round(x, 2)`,
    );
  return text;
}

export function sameNumber(a: Rational, b: Rational): boolean {
  return compare(a, b) === 0;
}

/** What stands for a field that is not there. */
export const ABSENT = objectType(EmptySchema);
export const celAbsent: ReflectMessage = reflect(EmptySchema, create(EmptySchema));

export function isAbsent(value: ReflectMessage): boolean {
  return value.desc.typeName === EmptySchema.typeName;
}
