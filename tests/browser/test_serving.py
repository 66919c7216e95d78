"""The tests' web server: who goes away makes no noise, and a fault does."""

import socket
import struct
import threading
import urllib.parse

import pytest

from serving import serve


@pytest.mark.parametrize("fault, said", [(None, ""), (ZeroDivisionError(), "ZeroDivisionError")])
def test_a_browser_that_goes_away_makes_no_noise(tmp_path, capfd, fault, said):
    (tmp_path / "large").write_bytes(bytes(50_000_000))
    left = []

    def zipped(path):
        left.append(path)
        if fault is not None:
            raise fault
        return path.read_bytes()

    with serve(tmp_path, zipped=zipped) as address, socket.socket() as client:
        client.connect(("127.0.0.1", urllib.parse.urlsplit(address).port))
        client.sendall(b"GET /large HTTP/1.0\r\n\r\n")
        client.recv(1)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # reset, not closed in order
        client.close()
        for thread in threading.enumerate():
            if "process_request" in thread.name:
                thread.join()
    noise = capfd.readouterr().err
    assert left and (said in noise if said else noise == "")
