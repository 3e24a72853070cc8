import type { IncomingHttpHeaders } from 'node:http';
import { type DescMethod, type DescMethodUnary, toJson } from '@bufbuild/protobuf';
import { BankService } from '@chronos/proto/bank/v1/bank_pb.js';
import {
  Code,
  ConnectError,
  createRouterTransport,
  type Interceptor,
  type ServiceImpl,
  type Transport,
} from '@connectrpc/connect';
import { messageOfForm } from '../core/form-fields.ts';

/** What of a request and its response is needed: those of HTTP/1.1 and HTTP/2 have it. */
interface FormRequest extends AsyncIterable<Buffer> {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}
interface FormResponse {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(body: string): unknown;
}

const PATH = /^\/bank\/([A-Za-z]+)$/;
const FORM_BYTES_MAX = 65_536;
/** Headers that the methods look at. */
const HEADERS = [
  'authorization',
  'idempotency-key',
  'x-request-id',
  'x-chronos-request-id',
  'traceparent',
] as const;
const STATUS: ReadonlyMap<Code, number> = new Map([
  [Code.InvalidArgument, 400],
  [Code.FailedPrecondition, 400],
  [Code.Unauthenticated, 401],
  [Code.PermissionDenied, 403],
  [Code.NotFound, 404],
  [Code.AlreadyExists, 409],
  [Code.Unavailable, 503],
]);

/**
 * The bank for clients that post forms: `POST /bank/<method>`, answered in JSON (false and 0 are there, empty texts are not), refusals as
 * `{code, message}`. Takes a request by returning true; streams are not among these methods.
 */
export function forms(
  service: ServiceImpl<typeof BankService>,
  interceptors: readonly Interceptor[],
): (request: FormRequest, response: FormResponse) => boolean {
  const bank = createRouterTransport((router) => router.service(BankService, service), {
    router: { interceptors: [...interceptors] },
  });
  return (request, response) => {
    const name = PATH.exec(request.url ?? '')?.[1];
    if (name === undefined || request.method !== 'POST') return false;
    void answer(bank, name, request).then(({ status, body }) => {
      response.statusCode = status;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(body, (_, value: unknown) => (value === '' ? undefined : value)));
    });
    return true;
  };
}

async function answer(
  bank: Transport,
  name: string,
  request: FormRequest,
): Promise<{ status: number; body: unknown }> {
  try {
    const method = BankService.methods.find((known) => known.name === name);
    if (method === undefined || !isUnary(method)) throw new ConnectError('no such operation', Code.NotFound);
    return { status: 200, body: await call(bank, method, request) };
  } catch (cause) {
    const error = ConnectError.from(cause);
    const code = Code[error.code] ?? '';
    return {
      status: STATUS.get(error.code) ?? 500,
      body: { code: code.replace(/(?!^)(?=[A-Z])/g, '_').toLowerCase(), message: error.rawMessage },
    };
  }
}

function isUnary(method: DescMethod): method is DescMethodUnary {
  return method.methodKind === 'unary';
}

async function call(bank: Transport, method: DescMethodUnary, request: FormRequest): Promise<unknown> {
  const form = new URLSearchParams(await bodyOf(request));
  const headers = HEADERS.flatMap((name): [string, string][] => {
    const value = request.headers[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  const { message } = await bank.unary(
    method,
    undefined,
    undefined,
    headers,
    messageOfForm(method.input, form),
  );
  return toJson(method.output, message, { alwaysEmitImplicit: true });
}

async function bodyOf(request: FormRequest): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > FORM_BYTES_MAX)
      throw new ConnectError(`a form of at most ${FORM_BYTES_MAX} bytes is expected`, Code.InvalidArgument);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
