"""Results of the benchmarks, kept with the package: each says where it comes from, or it is refused."""

import json
import re
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "data"
BRACKETS = "lowest and highest ratio in brackets"
ORIGIN = ("commit", "command", "date", "machine", "cores", "load", "versions", "seeds", "corpus")


def measured(name: str) -> dict[str, Any]:
    """The result of tests/benchmarks/bench_<name>.py as it was last written.

    FileNotFoundError if it never was, ValueError if it does not say where it comes from.

    >>> sorted(measured("parallel"))[:3]
    ['command', 'commit', 'cores']
    """
    path = RESULTS / f"{name}.json"
    if not path.is_file():
        raise FileNotFoundError(
            f"name: expected a benchmark with a result in {RESULTS.name}, got {name!r}; run  python tests/benchmarks/bench_{name}.py --write"
        )
    result = json.loads(path.read_text("utf-8"))
    if missing := [part for part in ORIGIN if result.get(part) in (None, "", [], {})]:
        raise ValueError(f"{path.name}: expected a result with its {', '.join(ORIGIN)}, got none of {missing[0]}")
    return result


def made_on(result: dict[str, Any]) -> str:
    """One line: date, machine, load, versions, text, seeds, commit and command of a result.

    >>> made_on(measured("parallel")).startswith(measured("parallel")["date"])
    True
    """
    versions = ", ".join(f"{name} {version}" for name, version in result["versions"].items() if version)
    text, seeds = result["corpus"], result["seeds"]
    return (
        f"{result['date']}, {result['machine']}, {result['cores']} cores, load {result['load']}; {versions}; "
        f"{text['name']}, {text['words']:,} words, vocabulary {text['vocabulary']:,}; "
        f"seeds {seeds if isinstance(seeds, str) else ', '.join(map(str, seeds))}; "
        f"commit {result['commit']}; command {result['command']}"
    )


def parallel_table(result: dict[str, Any]) -> str:
    """The result "parallel" as a Markdown table below a line that says where, when and with what it was measured.

    >>> print(parallel_table(measured("parallel")).splitlines()[2])
    | D | where | seconds | times as fast as one process |
    """
    about = f"{_made_on(result)}. {result['pairs']:,} pairs in {result['shards']} shards, double precision; medians of {result['rounds']} rounds in turn, {BRACKETS}."
    columns = ["D", "where", "seconds", "times as fast as one process"]
    return _table(
        about, columns, ([row["D"], row["where"], f"{row['seconds']:.2f}", _ratio(row)] for row in result["rows"])
    )


def shards_table(result: dict[str, Any]) -> str:
    """The result "shards" as a Markdown table below a line that says where, when and with what it was measured.

    >>> print(shards_table(measured("shards")).splitlines()[2])
    | training | seconds | times as fast as one core | loss of a pair | WordSim-353 | SimLex-999 | analogies |
    """
    benchmarks, settings = result["benchmarks"], result["settings"]
    about = f"{_made_on(result)}. {settings['epochs']} epochs, {settings['dimensions']} dimensions, single precision; medians over the seeds, {BRACKETS}; loss and scores are means."
    columns = ["training", "seconds", "times as fast as one core", "loss of a pair", *benchmarks]
    rows = (
        [row["name"], f"{row['seconds']:.0f}", _ratio(row), f"{row['loss']:.3f}"]
        + [f"{found['programs'][row['name']]['mean']:.3f}" for found in benchmarks.values()]
        for row in result["rows"]
    )
    return _table(about, columns, rows)


def scores_table(result: dict[str, Any]) -> str:
    """The scores of a result as a Markdown table, each with its difference to the first row and the interval of that.

    >>> print(scores_table(measured("cbow")).splitlines()[2].replace("\\xa0", " "))
    | training | WordSim-353 (n = 342) | SimLex-999 (n = 993) | analogies (n = 12,856) | seconds of the processor |
    """
    benchmarks, settings = result["benchmarks"], result["settings"]
    about = f"{_made_on(result)}. {settings['epochs']} epochs, {settings['dimensions']} dimensions, single precision; scores and seconds are means over the seeds."
    columns = [f"{name} (n = {found['n']:,})" for name, found in benchmarks.items()]
    rows = (
        [
            name,
            *(_score(found["programs"][name], name != result["base"]) for found in benchmarks.values()),
            f"{seconds:.0f}",
        ]
        for name, seconds in result["cpu_seconds"].items()
    )
    return _table(about, ["training", *columns, "seconds of the processor"], rows)


def large_text_table(result: dict[str, Any]) -> str:
    """The result "large_text" as a Markdown table below a line that says where, when and with what it was measured.

    >>> print(large_text_table(measured("large_text")).splitlines()[2])
    | part | seconds | MB of text a second | memory, MB |
    """
    settings, size = result["settings"], result["bytes"]
    about = f"{_made_on(result)}. {size / 1e9:.1f} GB in {result['sentences']:,} sentences and {result['shards']} shards; {settings['dimensions']} dimensions, {result['pairs']:,} pairs; {result['workers']} processes or threads."
    rows = (
        [row["part"], f"{row['seconds']:.0f}", f"{size / 1e6 / row['seconds']:.1f}", f"{row['memory'] / 1e6:,.0f}"]
        for row in result["rows"]
    )
    return _table(about, ["part", "seconds", "MB of text a second", "memory, MB"], rows)


def cores_table(result: dict[str, Any]) -> str:
    """The result "cores" as a Markdown table below a line that says where, when and with what it was measured.

    >>> print(cores_table(measured("cores")).splitlines()[2])
    | D | training | cores | seconds | seconds of the processor | times as fast as gensim on one core, from lists |
    """
    about = f"{_made_on(result)}. Once through the text, single precision; medians of {result['settings']['rounds']} rounds in turn, {BRACKETS}."
    columns = ["D", "training", "cores", "seconds", "seconds of the processor"]
    rows = (
        [row["D"], row["name"], row["cores"], f"{row['seconds']:.2f}", f"{row['cpu_seconds']:.2f}", _ratio(row)]
        for row in result["rows"]
    )
    return _table(about, [*columns, "times as fast as gensim on one core, from lists"], rows)


def _made_on(result):
    """The line of `made_on` in Markdown, where -- would become a dash."""
    return made_on(result).replace(result["command"], f"`{result['command']}`")


def _ratio(row):
    return f"{row['ratio']:.2f}\u00a0({row['lowest']:.2f} to {row['highest']:.2f})"


def _score(found, compared):
    """A score, and the difference to the first row with its interval."""
    low, high = found["difference_interval"]
    return f"{found['mean']:.3f}" + f", {found['difference']:+.3f} ({low:+.3f} to {high:+.3f})" * compared


def _table(about, columns, rows):
    """A Markdown table below the line `about`; words stand on the left, numbers on the right, with real minus signs; no line breaks inside brackets."""
    edges = ["---" if name in ("where", "training", "part") else "---:" for name in columns]
    lines = (f"| {' | '.join(_cell(str(cell)) for cell in row)} |" for row in (columns, *rows))
    header = next(lines)
    return "\n".join([about, "", header, f"|{'|'.join(edges)}|", *lines])


def _cell(text):
    text = re.sub(r"(?<!\w)-(?=\d)", "\u2212", text)
    return re.sub(r"\(.*?\)", lambda bracket: bracket[0].replace(" ", "\u00a0"), text)
