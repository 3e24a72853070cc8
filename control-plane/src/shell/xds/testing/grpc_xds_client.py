"""A gRPC client of xds:///bank: for each line on standard input a call, for each call a line: what was answered."""

import sys

import grpc

with grpc.insecure_channel("xds:///bank") as channel:
    name = channel.unary_unary("/test.Backend/Name")
    for _ in sys.stdin:
        try:
            print(name(b"", timeout=20, wait_for_ready=True).decode(), flush=True)
        except grpc.RpcError as error:
            print(f"failed: {error.details()}", flush=True)
