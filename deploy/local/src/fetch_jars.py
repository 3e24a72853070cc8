"""Fetches pinned jars from Maven Central into a folder, in pure Python.

usage: fetch_jars.py MANIFEST FOLDER     (with jgo on PYTHONPATH)

Each line of MANIFEST is `sha256  group:artifact:version[:classifier]`. Nothing is resolved: exactly these files are fetched, and each must have its hash.
"""
import concurrent.futures
import hashlib
import pathlib
import shutil
import sys
import tempfile

from jgo.maven import MavenContext


def main(manifest: pathlib.Path, folder: pathlib.Path) -> None:
    lines = [line for line in manifest.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    with tempfile.TemporaryDirectory(dir=folder) as repository:
        maven = MavenContext(repo_cache=pathlib.Path(repository))

        def fetch(line: str) -> None:
            expected, coordinate = line.split()
            group, artifact, version, *classifier = coordinate.split(":")
            jar = maven.project(group, artifact).at_version(version).artifact(*classifier).resolve()
            actual = hashlib.sha256(pathlib.Path(jar).read_bytes()).hexdigest()
            if actual != expected:
                raise SystemExit(f"{coordinate}: sha256 is {actual}, the pinned one is {expected}; nothing was installed")
            shutil.move(jar, folder / f"{artifact}-{version}.jar")

        with concurrent.futures.ThreadPoolExecutor(max_workers=4) as pool:
            for done in [pool.submit(fetch, line) for line in lines]:
                done.result()


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
