"""The built site on loopback, as a host of static pages serves it: gzipped, in a folder."""

import gzip
import mimetypes
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

FOLDER = "/rectified/"  # of _config.yml: html.baseurl and notfound_urls_prefix
COMPRESSED = ("text/", "application/javascript", "application/json", "image/svg+xml")


def file_of(site: Path, url: str) -> Path | None:
    """Return the file that ``url`` asks for, None if it is not on the site."""
    path = unquote(urlsplit(url).path)
    if not path.startswith(FOLDER):
        return None
    file = site / path.removeprefix(FOLDER)
    if file.is_dir():
        file /= "index.html"
    return file if file.is_file() else None


@cache
def body(file: Path) -> tuple[bytes, str, bool]:
    """Return what goes over the wire for ``file``: bytes, content type, whether gzipped."""
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    packed = kind.startswith(COMPRESSED)
    data = file.read_bytes()
    return (gzip.compress(data, 6, mtime=0) if packed else data), kind, packed


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve ``site`` while the context lasts; the value is the address of its top folder."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            file = file_of(site, self.path)
            data, kind, packed = body(file or site / "404.html")
            self.send_response(200 if file else 404)
            if kind.startswith("text/"):
                kind += "; charset=utf-8"
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            if packed:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """Let a browser leave before it has everything; report any other error."""
            if not isinstance(sys.exception(), ConnectionError):
                super().handle_error(request, client_address)

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{FOLDER}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
