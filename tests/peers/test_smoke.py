# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""`smoke` gives the right verdict on roads through a real Jaeger and a real Collector."""

from hiding_proxy import hiding
from support import HERE, PeerTest, main


def is_v3(path):
    return path.startswith("/api/v3/")


def stage(report, name):
    return next(stage for stage in report["stages"] if stage["name"] == name)


class Smoke(PeerTest):
    def smoke(self, receiver, backend, *arguments, protocol="grpc", status=0):
        road = ["--endpoint", receiver.endpoint(protocol), "--protocol", protocol]
        report = self.otelctl_json(
            "smoke", *road, "--backend", backend, *arguments, status=status
        )
        self.assertEqual(report["schema"], "otelctl.smoke/1")
        self.assertEqual(report["result"]["exit_code"], status)
        return report

    def check_whole(self, report, status="ok"):
        self.assertEqual(report["differences"], [])
        self.assertEqual(stage(report, "compare")["status"], status, stage(report, "compare"))
        self.assertEqual(report["ledger"]["accepted"], report["ledger"]["generated"])
        self.assertGreater(report["round_trip"]["visible_ns"], 0)

    def test_jaeger_gives_back_every_field_by_each_protocol(self):
        jaeger = self.start_jaeger()
        for protocol in ("grpc", "http/protobuf", "http/json"):
            with self.subTest(protocol):
                self.check_whole(self.smoke(jaeger, jaeger.query_url(), protocol=protocol))

    def test_what_jaeger_cannot_hold_in_its_old_dialect_is_no_difference(self):
        jaeger = self.start_jaeger()
        with hiding(jaeger.query_url(), is_v3) as (url, _asked):
            report = self.smoke(jaeger, url)
        self.assertEqual(report["backend"]["dialect"], "legacy")
        self.check_whole(report)

    def collector(self, serve, *processors):
        return self.start_collector(
            "collector-alter.yaml",
            environment={
                "FORWARD_GRPC": serve.grpc,
                "PEER_PROCESSORS": f"[{', '.join(processors)}]",
            },
        )

    def test_what_a_collector_adds_is_a_note(self):
        serve = self.start_serve()
        collector = self.collector(serve, "attributes/add", "batch")
        report = self.smoke(collector, serve.query_url())
        self.check_whole(report)
        # It batches for half a second.
        self.assertGreater(report["round_trip"]["visible_ns"], report["round_trip"]["accepted_ns"])
        self.assertGreater(report["round_trip"]["attempts"], 1)

    def test_what_a_collector_deletes_is_a_difference(self):
        serve = self.start_serve()
        collector = self.collector(serve, "attributes/delete")
        report = self.smoke(collector, serve.query_url(), status=1)
        (difference,) = report["differences"]
        self.assertIn("otelctl.canary.text", difference["path"])
        self.assertEqual(difference["got"], "")

    def test_a_collector_that_exports_elsewhere_is_found_out(self):
        serve, other = self.start_serve(name="serve"), self.start_serve(name="other")
        collector = self.collector(serve, "batch")
        report = self.smoke(collector, other.query_url(), "--within", "2s", status=6)
        self.assertIn("another backend", report["result"]["hint"])

    def test_the_seed_configuration_ends_the_road_at_its_error(self):
        seed = HERE.parent / "data/config/agentmap.yaml"
        report = self.otelctl_json("smoke", "--config", seed, status=1)
        self.assertEqual(stage(report, "validate")["status"], "fail")
        self.assertIn("OTC301", " ".join(stage(report, "validate")["facts"]["findings"]))


if __name__ == "__main__":
    main("jaeger", "collector")
