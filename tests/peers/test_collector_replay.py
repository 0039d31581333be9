# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""What a Collector's file exporter has written, `--scenario` of the commands that send sends again:
everything of it arrives at another Collector, the same but for ids and times, which belong together
as before."""

import collections
import json
import struct

import otlp_records
from support import PeerTest, main, wait_until

SEED = 20260107
# Small requests: a trace's spans stand in several of the file's messages. One after the other: two
# files of the same requests have them in the same order.
SENT = ("send-spans", "--traces", 4, "--batch", 5, "--in-flight", 1)
SCENARIOS = ("agentmap", "hyvve")
TIMES = ("startTimeUnixNano", "endTimeUnixNano", "timeUnixNano", "observedTimeUnixNano")
IDS = ("traceId", "spanId", "parentSpanId")


def by_place(records):
    """Records, in their order, by what they stand in."""
    places = collections.defaultdict(list)
    for around, record in records:
        places[json.dumps(around, sort_keys=True)].append(record)
    return places


def records_in(text, signal):
    """The records of one signal in JSON lines."""
    for document in otlp_records.documents(text):
        if "resource" + signal.capitalize() in document:
            yield from otlp_records.records_of(document)


def traces_in(text):
    """The spans of each trace by their place; the traces in the order of their starts."""
    traces = collections.defaultdict(list)
    starts = {}
    for around, span in records_in(text, "spans"):
        trace_id, start = span["traceId"], int(span["startTimeUnixNano"])
        starts[trace_id] = min(start, starts.get(trace_id, start))
        traces[trace_id].append((around, span))
    return [by_place(traces[trace_id]) for trace_id in sorted(starts, key=starts.get)]


class Renewal:
    """What became of ids: the same one of the same, and never of two."""

    def __init__(self):
        self.new, self.old = {}, {}

    def check(self, old, new):
        return self.new.setdefault(old, new) == new and self.old.setdefault(new, old) == old


def without_ids_and_times(value):
    if isinstance(value, list):
        return [without_ids_and_times(item) for item in value]
    if isinstance(value, dict):
        return {
            key: without_ids_and_times(item)
            for key, item in value.items()
            if key not in (*TIMES, *IDS)
        }
    return value


def holders(record):
    """The record, and what in it has ids and times of its own."""
    inner = (record.get(key, []) for key in ("events", "links", "exemplars"))
    return [record, *(holder for each in inner for holder in each)]


def ids_of(record):
    return [holder.get(key, "") for holder in holders(record) for key in IDS]


def times_of(record):
    """Those that are known."""
    times = [int(holder.get(key, 0)) for holder in holders(record) for key in TIMES]
    return [time for time in times if time != 0]


class CollectorReplay(PeerTest):
    def connection(self, collector):
        return ("--endpoint", collector.endpoint("grpc"), "--protocol", "grpc")

    def fill(self, collector):
        """Traces of two scenarios, and a record of each other signal among them."""
        spans = 0
        for number, scenario in enumerate(SCENARIOS):
            # A seed gives the same ids whatever the scenario.
            options = ("--scenario", scenario, "--seed", SEED + 1 + number)
            options = (*options, "--start", f"2026-01-0{number + 1}T00:00:00Z")
            ledger = self.otelctl_json(*SENT, *options, *self.connection(collector))
            spans += ledger["accepted"]
            self.otelctl("send-logs", *self.connection(collector))
            self.otelctl("send-metrics", *self.connection(collector))
        return spans

    def captured(self):
        """A Collector's file of JSON lines, and the number of spans in it."""
        collector = self.start_collector(name="captured")
        spans = self.fill(collector)
        # Each scenario's two other records are no spans.
        count = spans + 2 * len(SCENARIOS)
        self.read_file(collector, lambda text: otlp_records.count(text) >= count)
        collector.process.stop()
        return collector.file, spans

    def replayed(self, capture, spans, *options):
        """The lines that another Collector writes of the replay, and the replay's ledger."""
        collector = self.start_collector(name="replayed")
        command = ("send-spans", "--scenario", capture, "--seed", SEED, *options)
        ledger = self.otelctl_json(*command, *self.connection(collector))
        self.assertEqual((ledger["generated"], ledger["accepted"]), (spans, spans))
        text = self.read_file(collector, lambda text: otlp_records.count(text) >= spans)
        self.assertEqual(otlp_records.count(text), spans)
        collector.process.stop()
        return text, ledger

    def check_same(self, before, after, renewal):
        """Records by place; their ids have become others, their times were moved by one amount."""
        self.assertEqual(before.keys(), after.keys())
        moved = set()
        for around, records in before.items():
            self.assertEqual(
                without_ids_and_times(records), without_ids_and_times(after[around]), around
            )
            for old, new in zip(records, after[around], strict=True):
                for old_id, new_id in zip(ids_of(old), ids_of(new), strict=True):
                    self.assertTrue(renewal.check(old_id, new_id), (old_id, new_id))
                    self.assertEqual(old_id == new_id, old_id == "")
                moved |= {
                    new_time - old_time
                    for old_time, new_time in zip(times_of(old), times_of(new), strict=True)
                }
        self.assertEqual(len(moved), 1)

    def check_replay(self, captured, text, ledger):
        before, after = traces_in(captured), traces_in(text)
        self.assertEqual(len(before), 4 * len(SCENARIOS))
        self.assertEqual(len(after), len(before))
        renewal = Renewal()
        for old, new in zip(before, after, strict=True):
            self.check_same(old, new, renewal)
        trace_ids = [next(iter(trace.values()))[0]["traceId"] for trace in after]
        self.assertEqual(ledger["trace_ids"], trace_ids)

    def test_json_lines(self):
        file, spans = self.captured()
        text, ledger = self.replayed(file, spans, "--start", "2026-08-20T10:00:00Z")
        self.check_replay(file.read_text(), text, ledger)

    def test_pretty_json(self):
        file, spans = self.captured()
        pretty = self.scratch / "pretty.json"
        documents = otlp_records.documents(file.read_text())
        pretty.write_text("\n".join(json.dumps(document, indent=2) for document in documents))
        text, ledger = self.replayed(pretty, spans, "--start", "2026-08-20T10:00:00Z")
        self.check_replay(file.read_text(), text, ledger)

    def test_protobuf_with_lengths(self):
        """The same traces from a file with `format: proto` are replayed to the same bytes."""
        file, spans = self.captured()
        collector = self.start_collector("collector-proto.yaml", name="proto")
        self.assertEqual(self.fill(collector), spans)
        messages = len(file.read_text().splitlines())

        def is_whole():
            content = collector.file.read_bytes()
            at = found = 0
            while at < len(content):
                at += 4 + struct.unpack_from(">I", content.ljust(at + 4, b"\0"), at)[0]
                found += 1
            return at == len(content) and found == messages

        wait_until(is_whole, "the Collector has written everything to its file")
        collector.process.stop()
        options = ("--seed", SEED, "--start", "2026-08-20T10:00:00Z", "--dry-run")
        lines = self.otelctl("send-spans", "--scenario", file, *options).stdout
        self.assertEqual(otlp_records.count(lines), spans)
        raw = self.otelctl("send-spans", "--scenario", collector.file, *options).stdout
        self.assertEqual(raw, lines)
        text, ledger = self.replayed(collector.file, spans, "--start", "2026-08-20T10:00:00Z")
        self.check_replay(file.read_text(), text, ledger)

    def test_all_signals(self):
        """Logs and exemplars point to the spans to which they pointed, in their new traces."""
        made = ("--scenario", "kinds", "--seed", SEED, "--in-flight", 1)
        amounts = {"spans": ("--traces", 5), "metrics": ("--count", 100), "logs": ("--count", 30)}
        # Traces that end at the same time need not start in the same order.
        at = {"spans": "--start", "metrics": "--time", "logs": "--time"}
        collector = self.start_collector(name="captured")
        sent = {
            signal: self.otelctl_json(
                *(f"send-{signal}", *made, *amount, at[signal], "2026-01-01T00:00:00Z"),
                *self.connection(collector),
            )["accepted"]
            for signal, amount in amounts.items()
        }
        total = sum(sent.values())
        captured = self.read_file(collector, lambda text: otlp_records.count(text) >= total)
        collector.process.stop()

        other = self.start_collector(name="replayed")
        for signal, count in sent.items():
            ledger = self.otelctl_json(
                *(f"send-{signal}", "--scenario", collector.file, "--seed", SEED + 1),
                *(at[signal], "2026-08-20T10:00:00Z"),
                *self.connection(other),
            )
            self.assertEqual((ledger["generated"], ledger["accepted"]), (count, count))
        replayed = self.read_file(other, lambda text: otlp_records.count(text) >= total)
        other.process.stop()

        renewal = Renewal()
        for old, new in zip(traces_in(captured), traces_in(replayed), strict=True):
            self.check_same(old, new, renewal)
        of_spans = set(renewal.new) - {""}
        for signal in ("metrics", "logs"):
            old, new = (by_place(records_in(text, signal)) for text in (captured, replayed))
            pointed_to = {
                pointed for records in old.values() for item in records for pointed in ids_of(item)
            }
            self.assertGreaterEqual(len(pointed_to & of_spans), 10, signal)
            self.check_same(old, new, renewal)


if __name__ == "__main__":
    main("collector")
