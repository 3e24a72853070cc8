import type { HeaderField } from './observation.ts';

const REDACTED = '[redacted]';

/** What proves to a service who asks. Comparing needs none of it, and whoever holds it can ask in the client's name. */
const redactions: Readonly<Record<string, (value: string) => string>> = {
  authorization: withoutProof,
  'proxy-authorization': withoutProof,
  cookie: (value) => value.replace(/(^|;)([^=;]*)=[^;]*/g, `$1$2=${REDACTED}`),
  'x-api-key': () => REDACTED,
  'x-auth-token': () => REDACTED,
};

/**
 * A request's headers without what authorises: neither Kafka nor a database nor the API shall hold it. A JWT keeps its claims, by which the
 * evidence is kept apart, and loses its signature; of other schemes the name stays, of cookies theirs.
 */
export function withoutCredentials(fields: HeaderField[]): HeaderField[] {
  return fields.map((field) => {
    const redact = Object.hasOwn(redactions, field.name) ? redactions[field.name] : undefined;
    return redact ? { ...field, value: encoder.encode(redact(decoder.decode(field.value))) } : field;
  });
}

function withoutProof(value: string): string {
  const jwt = /^(bearer +[\w-]+\.[\w-]+\.)[\w-]*$/i.exec(value)?.[1];
  return `${jwt ?? /^[\w-]+ +(?=\S)/.exec(value)?.[0] ?? ''}${REDACTED}`;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
