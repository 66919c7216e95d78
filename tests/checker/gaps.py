"""Brings data/known_gaps.json up to date: python tests/checker/gaps.py [--add] [GROUP ...]

Takes closed gaps from the list and prints them; prints new faults, and with --add puts them on the list with what was found as the reason.
"""
import importlib
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "book"), str(ROOT / "book" / "_ext")]
MODULES = tuple(p.stem for p in sorted(Path(__file__).parent.glob("test_*.py")) if "CHECKS" in p.read_text(encoding="utf-8"))
FILE = Path(__file__).parent / "data" / "known_gaps.json"


def fault(job):
    module, group, name = job
    try:
        return importlib.import_module(module).CHECKS[group][0](name)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def main():
    gaps = json.loads(FILE.read_text(encoding="utf-8"))
    wanted = [a for a in sys.argv[1:] if a != "--add"]
    jobs = [(m, group, n) for m in MODULES for group, (_, names) in getattr(importlib.import_module(m), "CHECKS", {}).items()
            if group in wanted or not wanted for n in names]
    with ProcessPoolExecutor(2) as pool:
        for (_, group, name), found in zip(jobs, pool.map(fault, jobs, chunksize=8)):
            listed = gaps.setdefault(group, {})
            if not found and listed.pop(name, None):
                print(f"closed: {group}, {name}")
            if found and name not in listed:
                print(f"new: {group}, {name}: {found}")
                if "--add" in sys.argv:
                    listed[name] = found
    FILE.write_text(json.dumps(gaps, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
