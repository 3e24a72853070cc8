import { create } from '@bufbuild/protobuf';
import { BankService } from '@chronos/proto/bank/v1/bank_pb.js';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { Recognise } from '@chronos/proto/chronos/v1/migration_pb.js';
import { type Exchange, ExchangeSchema, HttpMessageSchema } from '@chronos/proto/events/v1/exchange_pb.js';
import type { KeyedHash } from './mask.ts';
import { compileMaskRules, type MaskRules } from './rules.ts';

export interface Told {
  readonly fields?: readonly string[];
  readonly recognise?: boolean;
  readonly claims?: readonly string[];
}

/** Rules of a migration that knows the bank's methods. */
export function rulesFor({ fields = [], recognise = true, claims = [] }: Told, hash: KeyedHash): MaskRules {
  const rules = compileMaskRules(
    create(JudgingRulesSchema, {
      spec: {
        sensitive: { fields: [...fields], recognise: recognise ? Recognise.ON : Recognise.OFF },
        segments: claims.map((value) => ({ name: 'segment', source: { case: 'jwtClaim' as const, value } })),
      },
    }),
    hash,
  );
  const methods = new Map(BankService.methods.map((m) => [`/${BankService.typeName}/${m.name}`, m]));
  return { ...rules, methods };
}

export interface Said {
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly trailers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string | Uint8Array;
  readonly type?: string;
}

export function exchangeOf(
  request: Said,
  response: Said,
  more: Partial<Pick<Exchange, 'path' | 'transport' | 'clientRequestId'>> = {},
): Exchange {
  return create(ExchangeSchema, {
    migration: 'bank',
    ...more,
    request: message(request),
    response: message(response),
  });
}

function message({ headers = [], trailers = [], body = '', type }: Said) {
  const typed = type === undefined ? headers : [...headers, ['content-type', type] as const];
  return create(HttpMessageSchema, {
    headers: typed.map(([name, value]) => ({ name, value: encode(value) })),
    trailers: trailers.map(([name, value]) => ({ name, value: encode(value) })),
    body: encode(body),
  });
}

function encode(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? new TextEncoder().encode(text) : text;
}
