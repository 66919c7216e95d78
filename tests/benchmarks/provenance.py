"""Where a result comes from: everything that `w2v.chapters.results` asks of one that is kept."""

import os
import platform
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[2]


def provenance(corpus, seeds, *packages):
    """Commit, command, date, machine, cores, load, versions of Python and of `packages`, seeds and corpus; to be asked for before the work."""
    return {
        "commit": commit(),
        "command": " ".join(["python", Path(sys.argv[0]).resolve().relative_to(ROOT).as_posix(), *sys.argv[1:]]),
        "date": date.today().isoformat(),
        "machine": processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "versions": {"python": platform.python_version()} | {name: version(name) for name in packages},
        "seeds": list(seeds),
        "corpus": {
            "name": corpus.name,
            "words": len(corpus.tokens),
            "vocabulary": len(corpus.vocabulary),
            "checksum": corpus.checksum,
        },
    }


def commit():
    """The commit of the sources, with a + if something in them is changed since."""
    asked = ["git", "-C", str(ROOT), "describe", "--always", "--abbrev=12", "--exclude=*", "--dirty=+"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


def processor():
    """The processor's name and, where the system tells, the family, model and stepping that tell it from its namesakes."""
    told = Path("/proc/cpuinfo")
    lines = [line.split(":", 1) for line in told.read_text().splitlines() if ":" in line] if told.exists() else []
    first = {name.strip(): value.strip() for name, value in reversed(lines)}
    name = first.get("model name") or platform.processor() or platform.machine()
    numbers = [f"{key.split()[-1]} {first[key]}" for key in ("cpu family", "model", "stepping") if key in first]
    return f"{name} ({', '.join(numbers)})" if numbers else name
