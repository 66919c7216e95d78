"""`python -m _live FOLDER` makes what the live site serves from third parties, in FOLDER/pyodide and FOLDER/lab."""

import sys
from pathlib import Path

from _live import distribution, lite
from _live.artefacts import BadArtefact

if __name__ == "__main__":
    live = Path(sys.argv[1]).resolve()
    try:
        distribution.verify(distribution.build(live))
        lite.verify(lite.build(live))
    except (BadArtefact, RuntimeError) as fault:
        sys.exit(f"live site: {fault}")
