import { grpcCodeName } from './outcome.ts';

/** What the answer to a form says, in JSON or XML: its code, and of an answer what the load needs (the token of a log-in). */
export function readFormAnswer(
  status: number,
  contentType: string,
  text: string,
): { readonly code: string; readonly answer: Readonly<Record<string, unknown>> | undefined } {
  const isJson = contentType.startsWith('application/json');
  if (status === 200) {
    const answer: unknown = isJson ? JSON.parse(text) : { token: element(text, 'Token'), xml: text };
    if (typeof answer !== 'object' || answer === null) throw new Error('the answer is no JSON object');
    return { code: 'ok', answer: { ...answer } };
  }
  const code = isJson ? codeOf(JSON.parse(text)) : numbered(element(text, 'Nr'));
  return { code: code ?? `status ${status}`, answer: undefined };
}

function numbered(number: string | undefined): string | undefined {
  return number === undefined ? undefined : grpcCodeName(number);
}

function codeOf(answer: unknown): string | undefined {
  return typeof answer === 'object' && answer !== null && 'code' in answer && typeof answer.code === 'string'
    ? answer.code
    : undefined;
}

/** Text of the first element of that name; tokens and numbers have nothing to unescape. */
function element(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
}
