"""Steps a second over the five write-ups and the slowest display. Run: python tests/benchmarks/bench_checker.py"""

import time
from pathlib import Path

from w2v.checker import check

DATA = Path(__file__).parent.parent / "checker" / "data"


def measure(path):
    """(steps, processor seconds) of one file."""
    start = time.process_time()
    steps = len(check(path.read_text(encoding="utf-8"), name=path.name).steps)
    return steps, time.process_time() - start


def slowest(path):
    """(seconds, line) of the display that takes longest on its own."""
    from w2v.checker.sources import pieces

    found = []
    for piece in pieces(path.read_text(encoding="utf-8")):
        if piece.kind == "display":
            start = time.process_time()
            check(f"$$\n{piece.text}\n$$")
            found.append((time.process_time() - start, piece.line))
    return max(found)


def main():
    total, seconds = 0, 0.0
    for path in sorted(DATA.glob("*.txt")):
        steps, taken = measure(path)
        longest, line = slowest(path)
        total, seconds = total + steps, seconds + taken
        print(f"{path.name}: {steps} steps, {taken:.2f} s; slowest display: line {line}, {longest:.2f} s")
    print(
        f"{total} steps in {seconds:.2f} s: {total / seconds:.0f} steps a second, {40 * seconds / total:.2f} s for a page of 40"
    )


if __name__ == "__main__":
    main()
