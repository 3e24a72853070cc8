import { create } from '@bufbuild/protobuf';
import {
  FieldPathElementSchema,
  FieldPathSchema,
  ViolationSchema,
  ViolationsSchema,
} from '@chronos/proto/buf/validate/validate_pb.js';
import { Code, ConnectError } from '@connectrpc/connect';
import { DomainError } from '../../core/domain-error.ts';

const codes: Record<DomainError['kind'], Code> = {
  'not-found': Code.NotFound,
  refused: Code.FailedPrecondition,
  taken: Code.AlreadyExists,
  invalid: Code.InvalidArgument,
  unavailable: Code.Unavailable,
};

/**
 * Any error as the API shows it: the domain's with their code and field paths (`buf.validate.Violations`), all others as `internal`
 * without their text, which may hold what callers must not see; the cause is kept for the log.
 */
export function toConnectError(error: unknown): ConnectError {
  if (error instanceof ConnectError) return error;
  if (!(error instanceof DomainError)) {
    return new ConnectError(
      "internal error; the control plane's log has it",
      Code.Internal,
      undefined,
      undefined,
      error,
    );
  }
  const details =
    error.fields.length === 0 ? [] : [{ desc: ViolationsSchema, value: violations(error.fields) }];
  return new ConnectError(error.message, codes[error.kind], undefined, details, error);
}

function violations(fields: DomainError['fields']) {
  return create(ViolationsSchema, {
    violations: fields.map(({ path, message }) =>
      create(ViolationSchema, { field: fieldPath(path), message, ruleId: 'chronos.semantics' }),
    ),
  });
}

/** `spec.routes[0].match[1].regex` as protovalidate writes paths. */
function fieldPath(path: string) {
  const elements = path.split('.').map((part) => {
    const match = /^([^[]+)(?:\[(\d+)\])?$/.exec(part);
    return create(FieldPathElementSchema, {
      fieldName: match?.[1] ?? part,
      ...(match?.[2] === undefined ? {} : { subscript: { case: 'index' as const, value: BigInt(match[2]) } }),
    });
  });
  return create(FieldPathSchema, { elements });
}
