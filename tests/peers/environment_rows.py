# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""Environments of OTEL_EXPORTER_OTLP_* variables, and what exporters that read them send."""

from environments import NOTHING, PREFIX, SIGNALS, Row, Sent, grpc, http, variables

ENDPOINTS_BY_HTTP = [
    Row("general", http(ENDPOINT="http://{http}"), Sent()),
    Row("general, slash at the end", http(ENDPOINT="http://{http}/"), Sent()),
    Row(
        "general, with a path",
        http(ENDPOINT="http://{http}/in/otlp"),
        Sent(path="/in/otlp/v1/{signal}"),
    ),
    Row(
        "general, with a path and a slash",
        http(ENDPOINT="http://{http}/otlp/"),
        Sent(path="/otlp/v1/{signal}"),
    ),
    Row(
        "general, with the path of traces: it is a base all the same",
        http(ENDPOINT="http://{http}/v1/traces"),
        Sent(path="/v1/traces/v1/{signal}"),
    ),
    Row(
        "general, two slashes at the end",
        http(ENDPOINT="http://{http}//"),
        Sent(path="//v1/{signal}"),
    ),
    Row(
        "general, with escapes in the path",
        http(ENDPOINT="http://{http}/a%20b/%C3%BC"),
        Sent(path="/a%20b/%C3%BC/v1/{signal}"),
    ),
    Row(
        "of one signal, with a path: as it is",
        http(ENDPOINT="http://{http}/base", TRACES_ENDPOINT="http://{http}/spans"),
        {
            "traces": Sent(path="/spans"),
            "metrics": Sent(path="/base/v1/metrics"),
            "logs": Sent(path="/base/v1/logs"),
        },
    ),
    Row(
        "of every signal, nothing general",
        http(
            TRACES_ENDPOINT="http://{http}/t/",
            METRICS_ENDPOINT="http://{http}/v1/metrics",
            LOGS_ENDPOINT="http://{http}/",
        ),
        {"traces": Sent(path="/t/"), "metrics": Sent(), "logs": Sent(path="/")},
    ),
    Row(
        "of one signal, without a path: the root",
        http(ENDPOINT="http://{http}", METRICS_ENDPOINT="http://{http}"),
        {"traces": Sent(), "metrics": Sent(path="/"), "logs": Sent()},
    ),
    Row(
        "of one signal, with a query: as it is",
        http(ENDPOINT="http://{http}", LOGS_ENDPOINT="http://{http}/in?tenant=a&b=c"),
        {"traces": Sent(), "metrics": Sent(), "logs": Sent(path="/in?tenant=a&b=c")},
    ),
    Row(
        "of one signal, empty: as if unset",
        http(ENDPOINT="http://{http}/base", TRACES_ENDPOINT=""),
        Sent(path="/base/v1/{signal}"),
    ),
    Row("the scheme in upper case", http(ENDPOINT="HTTP://{http}"), Sent()),
    Row(
        "general, with a query",
        http(ENDPOINT="http://{http}/base?tenant=a"),
        Sent(path="/base/v1/{signal}?tenant=a"),
        python=Sent(path="/base?tenant=a/v1/{signal}"),
        because="the specification appends to the path; Python appends to the text",
    ),
    Row(
        "general, with a user and a password",
        http(ENDPOINT="http://user:word@{http}"),
        Sent(),
        python=Sent(headers={"authorization": "Basic dXNlcjp3b3Jk"}),
        because="the specification lets an exporter ignore them; Python's HTTP library does not",
    ),
    Row(
        "general, with a fragment",
        http(ENDPOINT="http://{http}/base#part"),
        Sent(path="/base/v1/{signal}"),
        python=Sent(path="/base"),
        because="Python appends to the text, and so to the fragment, which is never sent",
    ),
    Row(
        "without a scheme",
        http(ENDPOINT="{http}"),
        NOTHING,
        because="neither sends: it is no URL",
        says="OTEL_EXPORTER_OTLP_ENDPOINT",
    ),
]

ENDPOINTS_BY_GRPC = [
    Row("http://", grpc(ENDPOINT="http://{grpc}"), Sent(to="grpc")),
    Row("http://, slash at the end", grpc(ENDPOINT="http://{grpc}/"), Sent(to="grpc")),
    Row(
        "http://, a path has no meaning", grpc(ENDPOINT="http://{grpc}/v1/traces"), Sent(to="grpc")
    ),
    Row(
        "of one signal beside the general one",
        grpc(ENDPOINT="https://{grpcs}", CERTIFICATE="{ca}", LOGS_ENDPOINT="http://{grpc}"),
        {"traces": Sent(to="grpcs"), "metrics": Sent(to="grpcs"), "logs": Sent(to="grpc")},
    ),
    Row(
        "host and port, INSECURE",
        grpc(ENDPOINT="{grpc}", INSECURE="true"),
        Sent(to="grpc"),
    ),
    Row(
        "host and port, INSECURE in upper case",
        grpc(ENDPOINT="{grpc}", INSECURE="TRUE"),
        Sent(to="grpc"),
    ),
    Row(
        "host and port, INSECURE of each signal beats the general one",
        grpc(
            ENDPOINT="{grpc}",
            INSECURE="false",
            TRACES_INSECURE="true",
            METRICS_INSECURE="true",
            LOGS_INSECURE="true",
        ),
        Sent(to="grpc"),
    ),
    Row(
        "host and port, INSECURE=false",
        grpc(ENDPOINT="{grpcs}", INSECURE="false", CERTIFICATE="{ca}"),
        Sent(to="grpcs"),
    ),
    Row(
        "https:// beats INSECURE=true",
        grpc(ENDPOINT="https://{grpcs}", INSECURE="true", CERTIFICATE="{ca}"),
        Sent(to="grpcs"),
    ),
    Row(
        "http:// beats INSECURE=false",
        grpc(ENDPOINT="http://{grpc}", INSECURE="false"),
        Sent(to="grpc"),
        python=NOTHING,
        because="Python asks INSECURE before the scheme, and speaks TLS to the plaintext port",
    ),
    Row(
        "host and port alone",
        grpc(ENDPOINT="{grpcs}", CERTIFICATE="{ca}"),
        NOTHING,
        python=Sent(to="grpcs"),
        because="by the specification it is TLS, which few expect: otelctl asks for a scheme",
        says="OTEL_EXPORTER_OTLP_ENDPOINT",
    ),
]

PROTOCOLS = [
    Row(
        "the signal's beats the general one",
        variables("grpc", ENDPOINT="http://{grpc}")
        | {
            PREFIX + "METRICS_PROTOCOL": "http/protobuf",
            PREFIX + "METRICS_ENDPOINT": "http://{http}/v1/metrics",
        },
        {"traces": Sent(to="grpc"), "metrics": Sent(), "logs": Sent(to="grpc")},
    ),
    Row(
        "the signal's, empty, is as if unset",
        http(ENDPOINT="http://{http}", TRACES_PROTOCOL=""),
        Sent(),
    ),
    Row(
        "none, and a port that is not 4317",
        {PREFIX + "ENDPOINT": "http://{http}"},
        Sent(),
        python=NOTHING,
        because="the specification's default is http/protobuf; Python's has always been grpc",
    ),
    Row(
        "in upper case",
        variables("HTTP/Protobuf", ENDPOINT="http://{http}"),
        Sent(),
        python=NOTHING,
        because="by the specification the case does not matter; to Python it does",
    ),
    Row(
        "http/json",
        variables("http/json", ENDPOINT="http://{http}"),
        Sent(content_type="application/json"),
        python=NOTHING,
        because="this version of Python's SDK does not have it",
    ),
    Row(
        "one that there is not",
        variables("http/xml", ENDPOINT="http://{http}"),
        NOTHING,
        because="neither sends",
        says="OTEL_EXPORTER_OTLP_PROTOCOL",
    ),
]


def headers(name, general, sent, **more):
    """A row for each protocol with the same headers."""
    return [
        Row(
            f"{name}, {protocol}",
            variables(protocol, ENDPOINT="http://{" + to + "}", HEADERS=general)
            | {PREFIX + key: value for key, value in more.get("variables", {}).items()},
            at(sent, to),
            python=at(more["python"], to) if "python" in more else ...,
            because=more.get("because", ""),
            says=more.get("says", ""),
        )
        for protocol, to in (("http/protobuf", "http"), ("grpc", "grpc"))
    ]


def at(sent, to):
    if sent is NOTHING:
        return NOTHING
    if all(signal in SIGNALS for signal in sent) and sent:
        return {signal: Sent(to=to, headers=each) for signal, each in sent.items()}
    return Sent(to=to, headers=sent)


HEADERS = [
    *headers("one", "x-tenant=blue", {"x-tenant": "blue"}),
    *headers("several, with spaces around", " a = 1 ,\tb=2 , c= 3", {"a": "1", "b": "2", "c": "3"}),
    *headers(
        "upper case in names", "Authorization=Key,X-A=B", {"authorization": "Key", "x-a": "B"}
    ),
    *headers(
        "'=' in a value", "authorization=Basic%20dTpwdw==", {"authorization": "Basic dTpwdw=="}
    ),
    *headers(
        "a space as it is", "authorization=Bearer abc.def", {"authorization": "Bearer abc.def"}
    ),
    *headers("escapes", "a=%2C%3B%25%22,b=%41%62", {"a": ',;%"', "b": "Ab"}),
    *headers("an escape in a name", "x%2Da=1", {"x-a": "1"}),
    *headers("the same twice: the last", "a=1,A=2", {"a": "2"}),
    *headers("an empty value", "a=,b=2", {"a": "", "b": "2"}),
    *headers("empty items", ",a=1,,", {"a": "1"}),
    *headers(
        "a signal's replace all the general ones",
        "a=1,b=2",
        {"traces": {"b": "3"}, "metrics": {"a": "1", "b": "2"}, "logs": {"a": "1", "b": "2"}},
        variables={"TRACES_HEADERS": "b=3"},
    ),
    *headers(
        "a signal's, empty, are as if unset", "a=1", {"a": "1"}, variables={"LOGS_HEADERS": ""}
    ),
    *headers(
        "a raw space and an escape in one value",
        "authorization=Bearer a%2Cb c",
        {"authorization": "Bearer a,b c"},
        python={"authorization": "Bearer a%2Cb c"},
        because="the specification decodes every value; Python none that has a space",
    ),
    *headers(
        "quotes and semicolons",
        'a="b",c=d;e',
        {"a": '"b"', "c": "d;e"},
        python={},
        because="the values are not baggage-octets; Python drops such items with a warning",
    ),
    Row(
        "beyond ASCII, http/protobuf",
        http(ENDPOINT="http://{http}", HEADERS="a=%C3%BC"),
        Sent(headers={"a": "\u00c3\u00bc"}),
        python=Sent(headers={"a": "\u00fc"}),
        because="octets come out as they went in; Python sends Latin-1, as its server reads",
    ),
    Row(
        "beyond ASCII, grpc",
        grpc(ENDPOINT="http://{grpc}", HEADERS="a=%C3%BC"),
        NOTHING,
        because="neither sends: gRPC allows printable ASCII alone",
        says="OTEL_EXPORTER_OTLP_HEADERS",
    ),
    *headers(
        "an item without '='",
        "a=1,b",
        NOTHING,
        python={"a": "1"},
        because="Python drops such items with a warning; otelctl refuses, or a key would be lost",
        says="OTEL_EXPORTER_OTLP_HEADERS: item 2",
    ),
    *headers(
        "a '%' that begins no escape",
        "a=100%",
        NOTHING,
        python={"a": "100%"},
        because="Python takes it literally; otelctl refuses, as others make something else of it",
        says="OTEL_EXPORTER_OTLP_HEADERS: item 1",
    ),
    Row(
        "one that the exporter sets itself, http/protobuf",
        http(ENDPOINT="http://{http}", HEADERS="user-agent=mine"),
        NOTHING,
        python=Sent(headers={"user-agent": "mine"}),
        because="otelctl refuses what it would have to overwrite",
        says="OTEL_EXPORTER_OTLP_HEADERS: header 'user-agent'",
    ),
    Row(
        "one that the exporter sets itself, grpc",
        grpc(ENDPOINT="http://{grpc}", HEADERS="user-agent=mine"),
        NOTHING,
        python=Sent(to="grpc"),
        because="gRPC drops it without a word; otelctl refuses instead",
        says="OTEL_EXPORTER_OTLP_HEADERS: header 'user-agent'",
    ),
]

COMPRESSIONS = [
    Row("gzip", http(ENDPOINT="http://{http}", COMPRESSION="gzip"), Sent(encoding="gzip")),
    Row(
        "gzip in upper case",
        http(ENDPOINT="http://{http}", COMPRESSION="GZIP"),
        Sent(encoding="gzip"),
    ),
    Row("none", http(ENDPOINT="http://{http}", COMPRESSION="none"), Sent()),
    Row("empty", http(ENDPOINT="http://{http}", COMPRESSION=""), Sent()),
    Row(
        "of a signal",
        http(ENDPOINT="http://{http}", COMPRESSION="gzip", TRACES_COMPRESSION="none"),
        {"traces": Sent(), "metrics": Sent(encoding="gzip"), "logs": Sent(encoding="gzip")},
    ),
    Row(
        "gzip, grpc",
        grpc(ENDPOINT="http://{grpc}", COMPRESSION="gzip"),
        Sent(to="grpc", encoding="gzip"),
    ),
    Row(
        "of a signal, grpc",
        grpc(ENDPOINT="http://{grpc}", METRICS_COMPRESSION="gzip"),
        {
            "traces": Sent(to="grpc"),
            "metrics": Sent(to="grpc", encoding="gzip"),
            "logs": Sent(to="grpc"),
        },
    ),
    Row(
        "none, grpc",
        grpc(ENDPOINT="http://{grpc}", COMPRESSION="none"),
        Sent(to="grpc"),
        python=NOTHING,
        because="Python's gRPC exporter knows gzip alone and refuses every other value",
    ),
    Row(
        "deflate",
        http(ENDPOINT="http://{http}", COMPRESSION="deflate"),
        NOTHING,
        python=Sent(encoding="deflate"),
        because="the specification has gzip and none; Python's HTTP exporter has deflate too",
        says="OTEL_EXPORTER_OTLP_COMPRESSION",
    ),
]

WITH_TLS = [
    Row(
        "https://, http/protobuf",
        http(ENDPOINT="https://{https}", CERTIFICATE="{ca}"),
        Sent(to="https"),
    ),
    Row("https://, grpc", grpc(ENDPOINT="https://{grpcs}", CERTIFICATE="{ca}"), Sent(to="grpcs")),
    Row(
        "a name, http/protobuf",
        http(ENDPOINT="https://localhost:{https_port}", CERTIFICATE="{ca}"),
        Sent(to="https", authority="localhost:{https_port}"),
    ),
    Row(
        "a name, grpc",
        grpc(ENDPOINT="https://localhost:{grpcs_port}", CERTIFICATE="{ca}"),
        Sent(to="grpcs", authority="localhost:{grpcs_port}"),
    ),
    Row(
        "the signal's CERTIFICATE beats the general one",
        http(
            ENDPOINT="https://{https}",
            CERTIFICATE="{other_ca}",
            TRACES_CERTIFICATE="{ca}",
            METRICS_CERTIFICATE="{ca}",
            LOGS_CERTIFICATE="{ca}",
        ),
        Sent(to="https"),
    ),
    Row(
        "client certificate, http/protobuf",
        http(
            ENDPOINT="https://{https_client}",
            CERTIFICATE="{ca}",
            CLIENT_CERTIFICATE="{cert}",
            CLIENT_KEY="{key}",
        ),
        Sent(to="https_client", client="client"),
    ),
    Row(
        "client certificate, grpc",
        grpc(
            ENDPOINT="https://{grpcs_client}",
            CERTIFICATE="{ca}",
            CLIENT_CERTIFICATE="{cert}",
            CLIENT_KEY="{key}",
        ),
        Sent(to="grpcs_client", client="client"),
    ),
    Row(
        "certificates beside http:// have no effect",
        http(
            ENDPOINT="http://{http}",
            CERTIFICATE="{ca}",
            CLIENT_CERTIFICATE="{cert}",
            CLIENT_KEY="{key}",
        ),
        Sent(),
    ),
]
