# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""Whether gRPC messages come compressed, which a grpcio server does not tell.

A relay in front of the server reads the frames of HTTP/2 (RFC 9113, 4.1) as they pass: the first
byte of a message in a DATA frame is its Compressed-Flag.
"""

import contextlib
import socket
import threading

PREFACE_BYTES = 24
FRAME_HEADER_BYTES = 9
DATA = 0
PADDED = 8


class FrameReader:
    """Reads what a client sends; `is_compressed` is the flag of the message that began last."""

    def __init__(self):
        self.is_compressed = False
        self._bytes = b""
        self._left_to_skip = PREFACE_BYTES
        self._begun = set()

    def feed(self, part):
        self._bytes += part
        while True:
            skipped = min(self._left_to_skip, len(self._bytes))
            self._bytes = self._bytes[skipped:]
            self._left_to_skip -= skipped
            # A frame's header, the pad length, and the first byte of its data.
            if self._left_to_skip or len(self._bytes) < FRAME_HEADER_BYTES:
                return
            length = int.from_bytes(self._bytes[:3], "big")
            kind, flags = self._bytes[3], self._bytes[4]
            stream = int.from_bytes(self._bytes[5:9], "big")
            if kind == DATA and length > 0 and stream not in self._begun:
                start = FRAME_HEADER_BYTES + (1 if flags & PADDED else 0)
                if len(self._bytes) <= start:
                    return
                self._begun.add(stream)
                self.is_compressed = self._bytes[start] == 1
            self._left_to_skip = FRAME_HEADER_BYTES + length


class MessageFlags:
    def __init__(self):
        self._readers = {}

    def is_compressed(self, peer):
        """For the peer of a call as grpcio names it: `ipv4:127.0.0.1:PORT`, a port of the relay."""
        return self._readers[int(peer.rpartition(":")[2])].is_compressed

    def listen_before(self, server_port):
        """Starts the relay; returns its port."""
        listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, args=(listener, server_port), daemon=True).start()
        return listener.getsockname()[1]

    def _accept(self, listener, server_port):
        while True:
            client, _ = listener.accept()
            server = socket.create_connection(("127.0.0.1", server_port))
            reader = FrameReader()
            self._readers[server.getsockname()[1]] = reader
            pump(client, server, reader.feed)
            pump(server, client, lambda _part: None)


def pump(source, target, look):
    """Passes on what comes until one of both closes, in a thread of its own."""

    def run():
        with contextlib.suppress(OSError):
            while part := source.recv(65536):
                look(part)
                target.sendall(part)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)

    threading.Thread(target=run, daemon=True).start()
