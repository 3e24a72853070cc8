import { create, type DescField, type DescMessage, type MessageShape, ScalarType } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';

const WHOLE = /^\d{1,9}$/;

/**
 * A request from the fields of a form, named as in JSON; of a name that comes twice, the last counts; unknown names do not.
 *
 * @throws ConnectError(invalid_argument)
 */
export function messageOfForm<D extends DescMessage>(type: D, form: URLSearchParams): MessageShape<D> {
  const message = create(type);
  for (const field of type.fields) {
    const text = form.getAll(field.jsonName).at(-1) ?? '';
    if (text !== '') Object.assign(message, { [field.localName]: readField(field, text) });
  }
  return message;
}

function readField(field: DescField, text: string): string | number {
  if (field.scalar === ScalarType.STRING) return text;
  if (!WHOLE.test(text))
    throw new ConnectError(
      `${field.jsonName}: expected a whole number of at most 9 digits`,
      Code.InvalidArgument,
    );
  return Number(text);
}
