import { Agent } from 'node:http';
import { readFormAnswer } from '../core/form-answer.ts';
import type { Call, Client, Reply } from './client.ts';
import { CONNECTIONS_MAX, post } from './post.ts';

/** Calls a bank as the customers of the Bank of 1990 do: they post forms, and read XML as well as the JSON of its successor. */
export class FormClient implements Client {
  readonly #target: URL;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS_MAX });

  constructor(target: URL) {
    this.#target = target;
  }

  async send(call: Call): Promise<Reply> {
    // Forms know no streams: a list does as well.
    const method = call.method === 'StreamTransactions' ? 'ListTransactions' : call.method;
    const form = new URLSearchParams(
      Object.entries(call.body).map(([name, value]): [string, string] => [name, String(value)]),
    );
    const { status, contentType, body } = await post(
      this.#agent,
      new URL(`/bank/${method}`, this.#target),
      call,
      'application/x-www-form-urlencoded',
      Buffer.from(form.toString()),
    );
    return readFormAnswer(status, contentType, body.toString());
  }

  close(): void {
    this.#agent.destroy();
  }
}
