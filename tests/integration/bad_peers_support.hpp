// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iostream>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "tests/support/bad_peers/bad_peers.hpp"
#include "tests/support/own_names.hpp"
#include "tests/support/test_context.hpp"

namespace otelctl::test {

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// The first line that holds a planted value.
inline std::string secret_line(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (contains(line, "s3cr3t-0123456789abcdef") || contains(line, k_planted_key)) {
      return line;
    }
  }
  return {};
}

// What differs from the verdict, a line each.
class Differences {
 public:
  void expect(bool holds, const std::string& what) { m_text += holds ? "" : what + "\n"; }
  void expect_part(std::string_view text, const std::string& part, const std::string& what) {
    expect(contains(text, part), what + " \"" + std::string(text) + "\" lacks \"" + part + "\"");
  }
  const std::string& text() const { return m_text; }

 private:
  std::string m_text;
};

inline const boost::json::object* find_stage(const boost::json::object& report,
                                             const std::string& name) {
  for (const auto& stage : report.at("stages").as_array()) {
    if (stage.at("name").as_string() == name) {
      return &stage.as_object();
    }
  }
  return nullptr;
}

inline void compare_json(const Verdict& verdict, const TestRun& run, Differences& differences) {
  boost::json::error_code error;
  const auto root = boost::json::parse(run.out(), error);
  differences.expect(!error && root.is_object(), "no JSON: " + run.out() + run.err());
  if (error || !root.is_object()) {
    return;
  }
  const auto& report = root.as_object();
  differences.expect(report.at("schema") == "otelctl.probe/1", "schema");
  const auto& result = report.at("result").as_object();
  const auto text = [&](const char* key) { return std::string(result.at(key).as_string()); };
  differences.expect(result.at("ok") == (verdict.status == 0), "result.ok");
  differences.expect(result.at("exit_code") == verdict.status, "result.exit_code");
  differences.expect(text("kind") == verdict.kind, "kind is " + text("kind"));
  const auto* stage = find_stage(report, verdict.stage);
  differences.expect(stage != nullptr, "no stage " + verdict.stage);
  if (stage != nullptr) {
    const auto status = std::string(stage->at("status").as_string());
    differences.expect((status == "fail") == (verdict.status != 0),
                       "stage " + verdict.stage + " is " + status);
    differences.expect_part(std::string(stage->at("message").as_string()), verdict.words,
                            "the stage's message");
  }
  if (verdict.status != 0) {
    differences.expect_part(text("message"), verdict.words, "the message");
    differences.expect_part(text("hint"), verdict.hint, "the hint");
    differences.expect(!text("hint").empty(), "no hint");
  }
}

inline Differences compare(const BadPeer& peer, const LivePeer& live) {
  const std::string timeout = peer.is_endless ? "500ms" : "10s";
  Differences differences;
  for (const char* format : {"text", "json"}) {
    const TestRun run(command_line(peer, live, timeout, format));
    differences.expect(run.status() == peer.verdict.status,
                       "exit status " + std::to_string(run.status()) + " with " + format);
    for (const std::string& output : {run.out(), run.err()}) {
      differences.expect(secret_line(output).empty(), "a secret: " + secret_line(output));
    }
    if (std::string(format) == "json") {
      compare_json(peer.verdict, run, differences);
    } else {
      differences.expect_part(run.out(), peer.verdict.words, "the text");
      differences.expect_part(run.out(), peer.verdict.hint, "the text");
    }
  }
  return differences;
}

inline void check_peers(const std::vector<BadPeer>& peers) {
  const PeerKit kit;
  std::set<std::string> names;
  for (const BadPeer& peer : peers) {
    const std::string name = peer.name + " by " + peer.protocol;
    CAPTURE(name);
    CHECK(names.insert(name).second);
    const LivePeer live = peer.start(kit);
    const Differences differences = compare(peer, live);
    CHECK(differences.text() == "");
  }
  CHECK_FALSE(names.empty());
}

// What ctest looks for to report a test as skipped.
inline void report_skipped(const char* why) {
  std::cout << "SKIPPED: " << why << '\n';
}

inline bool has_ipv6() {
  const bool has_it = can_listen_at({"::1"});
  if (!has_it) {
    report_skipped("this machine has no ::1");
  }
  return has_it;
}

// Over a mount namespace that is one thread's: other tests of the process must not see it.
inline void check_peers_in_own_names(std::vector<BadPeer> (*peers)()) {
  const MuteNameServer mute{std::string(k_mute_name_server)};
  bool entered = false;
  std::thread([&] {
    entered = mute.is_there() &&
              enter_own_names(std::string(k_own_hosts), std::string(k_mute_name_server));
    if (entered) {
      check_peers(peers());
    }
  }).join();
  if (!entered) {
    report_skipped("this needs root, for a mount namespace and port 53");
  }
}

}  // namespace otelctl::test
