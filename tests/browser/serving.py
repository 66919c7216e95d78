"""The tests' web server: a folder at an address of this machine, with what a test wants to be otherwise on it."""

import functools
import http.server
import sys
import threading
from contextlib import contextmanager
from pathlib import Path


class Handler(http.server.SimpleHTTPRequestHandler):
    """Sends the files of a folder as `serve` says; a file of the address "/b/c.html" below "/b/" has the name "c.html"."""

    def log_message(self, *arguments):
        pass

    def translate_path(self, path):
        below = self.server.below
        return (
            super().translate_path("/" + path.removeprefix(below))
            if path.startswith(below)
            else str(Path(self.directory) / "not-here")
        )

    def do_GET(self):
        name = self.path.split("?")[0].removeprefix(self.server.below)
        if name.endswith(tuple(self.server.hidden)):
            return self.send_error(404)
        for end, content in self.server.changed.items():
            if name.endswith(end):
                return self.send(content)
        path = Path(self.translate_path(self.path))
        if self.server.zipped and path.is_file():
            headers = {"Content-Type": self.guess_type(str(path)), "Content-Encoding": "gzip"}
            return self.send(self.server.zipped(path), path.stat().st_mtime, headers)
        super().do_GET()

    def send(self, content, changed=None, headers=()):
        self.send_response(200)
        for name, value in {
            **dict(headers),
            "Last-Modified": self.date_time_string(changed),
            "Content-Length": str(len(content)),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


class Server(http.server.ThreadingHTTPServer):
    """A browser that closes its page while a file is on its way is no fault, and makes no noise."""

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serve(folder, below="/", hidden=(), changed=None, zipped=None):
    """Yields the address of a folder, without the last slash, until the context ends.

    The folder lies below the path `below`. Names that end in one of `hidden` are not found; those that end in a key of `changed`, which
    may change meanwhile, have its bytes and no type; `zipped(path)` gives what is sent of every other file, in gzip.
    """
    with Server(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder))) as server:
        server.below, server.hidden, server.changed, server.zipped = (
            below,
            hidden,
            {} if changed is None else changed,
            zipped,
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}{below.rstrip('/')}"
        server.shutdown()
