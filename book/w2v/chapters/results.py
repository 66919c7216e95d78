"""Results of the benchmarks, kept with the package: each says on which machine, when and with which versions it was made."""

import json
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "data"


def measured(name: str) -> dict[str, Any]:
    """The result of tests/benchmarks/bench_<name>.py as it was last written; FileNotFoundError if it never was."""
    path = RESULTS / f"{name}.json"
    if not path.is_file():
        raise FileNotFoundError(
            f"name: expected a benchmark with a result in {RESULTS.name}, got {name!r}; run  python tests/benchmarks/bench_{name}.py --write"
        )
    return json.loads(path.read_text("utf-8"))


def made_on(result: dict[str, Any]) -> str:
    """One line: date, machine, versions and text of a result."""
    versions = ", ".join(f"{name} {version}" for name, version in result["versions"].items() if version)
    text = result["corpus"]
    return f"{result['date']}, {result['machine']} ({result['cores']} cores), {versions}; {text['name']}, {text['words']:,} words"


def parallel_table(result: dict[str, Any]) -> str:
    """The result "parallel" as a Markdown table below a line that says where, when and with what it was measured."""
    versions = ", ".join(f"{name} {version}" for name, version in result["versions"].items())
    about = (
        f"{result['machine']}, {result['cores']} cores, load {result['load']:.1f}; {versions}; {result['date']}. "
        f"{result['corpus']}: {result['pairs']:,} pairs in {result['shards']} shards, vocabulary {result['words']:,}, "
        f"double precision; medians of {result['rounds']} rounds in turn, lowest and highest ratio in brackets."
    )
    header = "| D | where | seconds | times as fast as one process |\n|---:|---|---:|---:|"
    rows = [
        f"| {row['D']} | {row['where']} | {row['seconds']:.2f} | {row['ratio']:.2f} ({row['lowest']:.2f} to {row['highest']:.2f}) |"
        for row in result["rows"]
    ]
    return "\n".join([about, "", header, *rows])
