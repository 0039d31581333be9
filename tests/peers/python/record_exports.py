# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""Takes every export by gRPC and by HTTP, in plaintext and by TLS, and writes down how it came.

usage: record_exports.py READY_FILE RECORDS CERT KEY CLIENT_CA

READY_FILE gets the addresses, as JSON, once all listen: http, grpc (plaintext), https, grpcs (TLS),
https_client, grpcs_client (TLS that wants a client certificate of CLIENT_CA). RECORDS gets a JSON
object a line for each request, before it is answered.
"""

import concurrent.futures
import gzip
import http.server
import json
import os
import ssl
import sys
import threading
import zlib

import grpc
from google.protobuf import json_format
from message_flags import MessageFlags
from opentelemetry.proto.collector.logs.v1 import logs_service_pb2
from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2

# The last part of the path by HTTP, the method by gRPC.
REQUESTS = {
    "/v1/traces": trace_service_pb2.ExportTraceServiceRequest,
    "/v1/metrics": metrics_service_pb2.ExportMetricsServiceRequest,
    "/v1/logs": logs_service_pb2.ExportLogsServiceRequest,
    ".TraceService/Export": trace_service_pb2.ExportTraceServiceRequest,
    ".MetricsService/Export": metrics_service_pb2.ExportMetricsServiceRequest,
    ".LogsService/Export": logs_service_pb2.ExportLogsServiceRequest,
}


DECODERS = {"identity": bytes, "gzip": gzip.decompress, "deflate": zlib.decompress}


class Recorder:
    def __init__(self, path):
        self._file = open(path, "w", encoding="utf-8")  # noqa: SIM115  # as long as the program
        self._lock = threading.Lock()

    def write(self, record):
        with self._lock:
            self._file.write(json.dumps(record) + "\n")
            self._file.flush()


def resource_of(path, body, is_json):
    """The attributes of the first resource; None without one, or if the path tells no signal."""
    kind = next((kind for end, kind in REQUESTS.items() if path.endswith(end)), None)
    if kind is None:
        return None
    message = json_format.MessageToDict(kind.FromString(body)) if not is_json else json.loads(body)
    for resources in message.values():
        for each in resources:
            attributes = each.get("resource", {}).get("attributes", [])
            return {item["key"]: item["value"].get("stringValue") for item in attributes}
    return None


def http_handler(recorder, scheme):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            # self.path has only one of several slashes at its begin.
            path = self.requestline.split()[1]
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            encoding = self.headers.get("content-encoding", "identity")
            plain = DECODERS[encoding](body)
            content_type = self.headers.get("content-type")
            recorder.write(
                {
                    "transport": scheme,
                    "authority": self.headers.get("host"),
                    "path": path,
                    "headers": [[name.lower(), value] for name, value in self.headers.items()],
                    "content_type": content_type,
                    "encoding": encoding,
                    "client": self.client_name(),
                    "resource": resource_of(path, plain, content_type == "application/json"),
                }
            )
            # An empty answer is a valid one, in protobuf; JSON needs its braces.
            answer = b"{}" if content_type == "application/json" else b""
            self.send_response(200)
            self.send_header("Content-Type", content_type or "text/plain")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def client_name(self):
            if not isinstance(self.connection, ssl.SSLSocket):
                return ""
            certificate = self.connection.getpeercert() or {}
            names = [pair for part in certificate.get("subject", ()) for pair in part]
            return dict(names).get("commonName", "")

        def log_message(self, *_arguments):
            """The default writes every request to stderr."""

    return Handler


def start_http(recorder, name, context=None):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), http_handler(recorder, name))
    if context:
        # The thread of a connection shakes hands, at its first read: no client holds up the others.
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"127.0.0.1:{server.server_port}"


class GrpcRecorder(grpc.GenericRpcHandler):
    """Records calls; `flags` says which messages came compressed, where that can be seen."""

    def __init__(self, recorder, name, flags=None):
        self._recorder = recorder
        self._name = name
        self._flags = flags

    def service(self, handler_call_details):
        method = handler_call_details.method

        def export(body, context):
            self._recorder.write(self._describe(method, body, context))
            return b""

        return grpc.unary_unary_rpc_method_handler(export)

    def _describe(self, method, body, context):
        # What grpcio has no public name for, in the version that requirements.txt pins.
        authority = context._rpc_event.call_details.host.decode()  # noqa: SLF001
        names = context.auth_context().get("x509_common_name", [b""])
        return {
            "transport": self._name,
            "authority": authority,
            "path": method,
            "headers": [[each.key, each.value] for each in context.invocation_metadata()],
            "content_type": "application/grpc",
            "encoding": self._encoding_of(body, context.peer()),
            "client": names[0].decode(),
            "seconds_left": context.time_remaining(),
            "resource": resource_of(method, body, is_json=False),
        }

    def _encoding_of(self, body, peer):
        """None where it says nothing: gRPC sends a message plain that gzip makes no smaller."""
        if self._flags and self._flags.is_compressed(peer):
            return "gzip"
        return "identity" if len(gzip.compress(body)) + 16 < len(body) else None


def start_grpc(recorder, name, credentials=None):
    flags = None if credentials else MessageFlags()
    server = grpc.server(
        concurrent.futures.ThreadPoolExecutor(4), handlers=[GrpcRecorder(recorder, name, flags)]
    )
    if credentials:
        port = server.add_secure_port("127.0.0.1:0", credentials)
    else:
        port = flags.listen_before(server.add_insecure_port("127.0.0.1:0"))
    server.start()
    return server, f"127.0.0.1:{port}"


def main():
    ready_file, records, cert, key, client_ca = sys.argv[1:]
    recorder = Recorder(records)

    def context(wants_client):
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(cert, key)
        if wants_client:
            made.load_verify_locations(client_ca)
            made.verify_mode = ssl.CERT_REQUIRED
        return made

    def read(path):
        with open(path, "rb") as file:
            return file.read()

    pair = [(read(key), read(cert))]
    credentials = {
        "grpc": None,
        "grpcs": grpc.ssl_server_credentials(pair),
        "grpcs_client": grpc.ssl_server_credentials(pair, read(client_ca), True),
    }
    started = {name: start_grpc(recorder, name, each) for name, each in credentials.items()}
    addresses = {name: address for name, (_, address) in started.items()}
    addresses["http"] = start_http(recorder, "http")
    addresses["https"] = start_http(recorder, "https", context(wants_client=False))
    addresses["https_client"] = start_http(recorder, "https_client", context(wants_client=True))
    with open(ready_file + ".new", "w", encoding="utf-8") as ready:
        json.dump(addresses, ready)
    os.replace(ready_file + ".new", ready_file)
    threading.Event().wait()


if __name__ == "__main__":
    main()
