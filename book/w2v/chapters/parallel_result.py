"""The measured speed of the sum over shards, as `tests/benchmarks/bench_parallel.py --write` left it."""

import json
from pathlib import Path

RESULT = Path(__file__).parent / "data" / "parallel.json"


def result_table(path=RESULT):
    """The result as a Markdown table below a line that says where, when and with what it was measured.

    Raises FileNotFoundError without a result.
    """
    if not Path(path).is_file():
        raise FileNotFoundError(f"path: expected the result of bench_parallel.py --write, got {path}, which is no file")
    result = json.loads(Path(path).read_text("utf-8"))
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
