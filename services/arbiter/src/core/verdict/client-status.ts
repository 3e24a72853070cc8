import type { Exchange } from '@chronos/proto/events/v1/exchange_pb.js';
import { httpStatusOf } from '../compare/grpc-code.ts';
import { grpcCode, statusSource } from '../compare/grpc-status.ts';
import { isFramed } from '../compare/read-framed.ts';
import { readResponse } from '../compare/response.ts';

/** HTTP status; of a gRPC answer its status' HTTP equivalent; 0 when there was no answer. */
export function clientStatus(exchange: Exchange | undefined): number {
  if (!exchange?.response) return 0;
  const { status, headers, trailers, mediaType } = readResponse(exchange.response);
  if (status !== 200 || !isFramed(mediaType.essence)) return status;
  const code = grpcCode(statusSource(headers, trailers));
  return code === undefined ? status : httpStatusOf(code);
}
