"""Collects Envoy's API as one serialized FileDescriptorSet from the xds-protos package.

usage: collect_envoy.py PACKAGE_DIR OUTPUT ROOT...

PACKAGE_DIR is where pip put the package, ROOT a proto path such as envoy/service/discovery/v3/ads.proto; everything it imports comes along.
"""
import ast
import os
import sys


def varint(value):
    out = bytearray()
    while True:
        byte = value & 0x7F
        value >>= 7
        out.append(byte | (0x80 if value else 0))
        if not value:
            return bytes(out)


def serialized(package_dir, path):
    """The serialized FileDescriptorProto inside a generated *_pb2.py, read without importing it (no protobuf runtime needed)."""
    module = os.path.join(package_dir, path[: -len(".proto")].replace("-", "_") + "_pb2.py")
    with open(module, encoding="utf-8") as source:
        tree = ast.parse(source.read())
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("AddSerializedFile", "AddSerialized"):
            return ast.literal_eval(node.args[0])
    raise SystemExit(f"{module}: no serialized descriptor in it; is this the pinned xds-protos?")


def dependencies(data):
    """Field 3 (dependency) of a FileDescriptorProto."""
    at = 0

    def read_varint(at):
        shift = value = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value, at
            shift += 7

    while at < len(data):
        tag, at = read_varint(at)
        if tag & 7 == 2:
            size, at = read_varint(at)
            if tag >> 3 == 3:
                yield data[at : at + size].decode()
            at += size
        elif tag & 7 == 0:
            _, at = read_varint(at)
        else:
            raise SystemExit(f"unexpected wire type {tag & 7} in a file descriptor")


def main(package_dir, output, roots):
    done = {}

    def visit(path):
        if path in done or path.startswith("google/protobuf/"):
            return
        data = serialized(package_dir, path)
        done[path] = None
        for dependency in dependencies(data):
            visit(dependency)
        del done[path]
        done[path] = data

    for root in roots:
        visit(root)
    with open(output, "wb") as out:
        for data in done.values():
            out.write(b"\x0a" + varint(len(data)) + data)
    print(f"{len(done)} files")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
