import { Code, ConnectError } from '@connectrpc/connect';

/** What the bank refuses, and how it says so. */
export const refusals = {
  token: () => new ConnectError('a valid token is required', Code.Unauthenticated),
  login: () => new ConnectError('customer or PIN is wrong', Code.Unauthenticated),
  noAccount: (id: string) => new ConnectError(`account ${id} does not exist`, Code.NotFound),
  foreignAccount: (id: string) =>
    new ConnectError(`account ${id} belongs to another customer`, Code.PermissionDenied),
  noCustomer: (id: string) => new ConnectError(`customer ${id} does not exist`, Code.NotFound),
  foreignCustomer: (id: string) => new ConnectError(`customer ${id} is another one`, Code.PermissionDenied),
  blocked: (id: string) => new ConnectError(`account ${id} is blocked`, Code.FailedPrecondition),
  noFunds: (id: string) => new ConnectError(`account ${id} has insufficient funds`, Code.FailedPrecondition),
  keyReused: (key: string) =>
    new ConnectError(`idempotency key ${key} was used for another request`, Code.AlreadyExists),
};
