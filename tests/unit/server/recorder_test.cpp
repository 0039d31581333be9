// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/recorder.hpp"

#include <fstream>
#include <sstream>
#include <thread>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.hpp"
#include "otlp/json_codec.hpp"
#include "server/ingest.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/server/make_request.hpp"

namespace otelctl::server {
namespace {

using namespace otelctl::testing;
using namespace std::chrono_literals;
using test::TemporaryFolder;

// A recorder of a file, and what it says when it must stop.
class Recording {
 public:
  explicit Recording(const std::string& path) {
    auto opened =
        Recorder::open(path, [this](const std::string& text) { m_failures.push_back(text); });
    REQUIRE_MESSAGE(opened.has_value(), (opened ? "" : opened.error().message));
    m_recorder = std::move(*opened);
  }
  Recorder& operator*() { return *m_recorder; }
  Recorder* operator->() { return m_recorder.get(); }
  // Only after close().
  const std::vector<std::string>& failures() const { return m_failures; }

 private:
  std::vector<std::string> m_failures;
  std::unique_ptr<Recorder> m_recorder;
};

std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    lines.push_back(line);
  }
  return lines;
}

std::string text_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return std::move(text).str();
}

std::string spans(std::uint64_t trace, std::size_t count) {
  Request request("cart");
  for (std::size_t span = 1; span <= count; ++span) {
    request.add_span(trace_id(trace), span);
  }
  return request.bytes();
}

// A limit on what this process may write into a file; a signal that is not blocked would end it.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    REQUIRE(getrlimit(RLIMIT_FSIZE, &m_before) == 0);
    const rlimit limit{bytes, m_before.rlim_max};
    REQUIRE(setrlimit(RLIMIT_FSIZE, &limit) == 0);
  }
  ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &m_before); }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit m_before{};
};

}  // namespace

TEST_CASE("each request is a line, in the order in which they were added") {
  const TemporaryFolder folder;
  const std::string path = folder.path("record");
  Recording recording(path);
  recording->start();
  for (std::uint64_t trace = 1; trace <= 100; ++trace) {
    recording->add(Signal::traces, spans(trace, 3));
  }
  recording->close(0ms);
  const auto lines = lines_of(path);
  REQUIRE(lines.size() == 100);
  for (std::uint64_t trace = 1; trace <= 100; ++trace) {
    CHECK(otlp::json_to_payload(Signal::traces, lines[trace - 1]) == spans(trace, 3));
  }
  CHECK(recording->state().ok);
  CHECK(recording->state().requests == 100);
  CHECK(recording.failures().empty());
}

TEST_CASE("what was in the file stays until recording starts") {
  const TemporaryFolder folder;
  const std::string path = folder.path("record");
  REQUIRE(write_file(path, "from before\n"));
  { Recording recording(path); }
  CHECK(text_of(path) == "from before\n");
  {
    Recording recording(path);
    recording->start();
  }
  CHECK(text_of(path).empty());
}

TEST_CASE("more than may wait is waited for, not lost") {
  const TemporaryFolder folder;
  const std::string path = folder.path("record");
  Recording recording(path);
  recording->start();
  Request request("cart");
  request.add_span(trace_id(1), 1, std::string(20 << 20, 'x'));
  const std::string large = request.bytes();
  for (int count = 0; count < 4; ++count) {
    recording->add(Signal::traces, large);
  }
  recording->close(0ms);
  CHECK(lines_of(path).size() == 4);
}

TEST_CASE("a full disk ends the recording once, with whole lines, and nothing waits for it") {
  const TemporaryFolder folder;
  const std::string path = folder.path("record");
  Recording recording(path);
  const std::string line = *otlp::payload_to_json(Signal::traces, spans(1, 10)) + '\n';
  {
    const FileSizeLimit limit(line.size() * 5 + line.size() / 2);
    recording->start();
    for (int request = 0; request < 20; ++request) {
      recording->add(Signal::traces, spans(1, 10));
    }
    recording->close(0ms);
  }
  const RecordingState state = recording->state();
  CHECK_FALSE(state.ok);
  CHECK(state.message == path + ": File too large");
  CHECK(state.requests == 5);
  REQUIRE(recording.failures().size() == 1);
  CHECK(recording.failures()[0] == state.message);
  std::string five;
  for (int request = 0; request < 5; ++request) {
    five += line;
  }
  CHECK(text_of(path) == five);
  recording->add(Signal::traces, spans(1, 10));
}

TEST_CASE("a device that is full is a failure too") {
  Recording recording("/dev/full");
  recording->start();
  recording->add(Signal::traces, spans(1, 1));
  recording->close(0ms);
  CHECK(recording->state().message == "/dev/full: No space left on device");
  CHECK(recording->state().requests == 0);
}

TEST_CASE("what cannot be opened is an error with a hint") {
  const TemporaryFolder folder;
  const auto error_of = [](const std::string& path) {
    const auto recorder = Recorder::open(path, nullptr);
    REQUIRE_FALSE(recorder.has_value());
    CHECK(recorder.error().kind == ErrorKind::settings);
    CHECK_FALSE(recorder.error().hint.empty());
    return recorder.error().message;
  };
  CHECK(error_of(folder.path("no/such/folder")).ends_with("No such file or directory"));
  CHECK(error_of(folder.path("")).ends_with("Is a directory"));
  const std::string pipe = folder.path("pipe");
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(error_of(pipe).ends_with("No such device or address"));
}

TEST_CASE("a pipe whose reader went away, or does not read, holds nothing up") {
  const TemporaryFolder folder;
  const std::string pipe = folder.path("pipe");
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  const int reader = open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  REQUIRE(reader >= 0);
  SUBCASE("it does not read") {
    Recording recording(pipe);
    recording->start();
    recording->add(Signal::traces, spans(1, 10'000));  // more than a pipe holds
    recording->close(0ms);
    CHECK(recording->state().message == pipe + ": nobody reads what is written");
    close(reader);
  }
  SUBCASE("it went away") {
    Recording recording(pipe);
    close(reader);
    recording->start();
    recording->add(Signal::traces, spans(1, 1));
    recording->close(0ms);
    CHECK(recording->state().message == pipe + ": Broken pipe");
  }
}

TEST_CASE("whoever waits for a pipe that nobody reads gets on when patience is over") {
  const TemporaryFolder folder;
  const std::string pipe = folder.path("pipe");
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  const int reader = open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  REQUIRE(reader >= 0);
  Recording recording(pipe);
  recording->start();
  Request request("cart");
  request.add_span(trace_id(1), 1, std::string(40 << 20, 'x'));
  const std::string large = request.bytes();
  std::thread sender([&] {
    for (int count = 0; count < 4; ++count) {
      recording->add(Signal::traces, large);
    }
  });
  recording->limit_patience(60ms);
  sender.join();
  recording->close(1h);
  CHECK(recording->state().message == pipe + ": nobody reads what is written");
  close(reader);
}

TEST_CASE("only what was accepted is recorded, of all that was sent") {
  const TemporaryFolder folder;
  const std::string path = folder.path("record");
  Store store(std::uint64_t{64} << 20);
  Recording recording(path);
  Ingest ingest(store, &*recording);
  recording->start();
  Request request;
  request.add_service("cart", "first");
  request.add_span(trace_id(1), 1, "kept 1");
  request.add_span(trace_id(1), 2).set_trace_id("not an id");
  request.add_span(trace_id(1), 3, "kept 2");
  request.add_service("stock");
  request.add_span(trace_id(2), 4, "kept 3");
  CHECK(ingest.add(Signal::traces, request.bytes())->rejected == 1);
  CHECK(ingest.add(Signal::traces, spans(3, 5), 2)->accepted == 3);
  CHECK(ingest.add(Signal::traces, spans(3, 5), 9)->rejected == 5);  // nothing is left
  CHECK(ingest.add(Signal::traces, "")->accepted == 0);
  recording->close(0ms);
  const auto lines = lines_of(path);
  REQUIRE(lines.size() == 2);
  ExportTraceServiceRequest first;
  REQUIRE(first.ParseFromString(*otlp::json_to_payload(Signal::traces, lines[0])));
  REQUIRE(first.resource_spans_size() == 2);
  const ScopeSpans& scope = first.resource_spans(0).scope_spans(0);
  CHECK(scope.scope().name() == "first");
  REQUIRE(scope.spans_size() == 2);
  CHECK(scope.spans(0).name() == "kept 1");
  CHECK(scope.spans(1).name() == "kept 2");
  CHECK(first.resource_spans(1).scope_spans(0).spans(0).name() == "kept 3");
  ExportTraceServiceRequest second;
  REQUIRE(second.ParseFromString(*otlp::json_to_payload(Signal::traces, lines[1])));
  REQUIRE(second.resource_spans(0).scope_spans(0).spans_size() == 3);
  CHECK(second.resource_spans(0).scope_spans(0).spans(0).span_id() == span_id(3).view());
}

TEST_CASE("a resource and a scope are recorded once, whatever is missing of their spans") {
  const TemporaryFolder folder;
  const std::string path = folder.path("record");
  Store store(std::uint64_t{64} << 20);
  Recording recording(path);
  Ingest ingest(store, &*recording);
  recording->start();
  Request request("cart");
  auto& resource = *request.message().mutable_resource_spans(0);
  resource.set_schema_url("http://resource");
  resource.mutable_scope_spans(0)->set_schema_url("http://scope");
  request.add_span(trace_id(1), 1);
  request.add_span(trace_id(1), 2).set_trace_id("not an id");
  request.add_span(trace_id(1), 3);
  const auto scope = resource.scope_spans(0);
  *resource.add_scope_spans() = scope;
  CHECK(ingest.add(Signal::traces, request.bytes())->accepted == 4);
  recording->close(0ms);
  ExportTraceServiceRequest recorded;
  REQUIRE(recorded.ParseFromString(*otlp::json_to_payload(Signal::traces, text_of(path))));
  REQUIRE(recorded.resource_spans_size() == 1);
  CHECK(recorded.resource_spans(0).schema_url() == "http://resource");
  REQUIRE(recorded.resource_spans(0).scope_spans_size() == 2);
  for (const ScopeSpans& spans : recorded.resource_spans(0).scope_spans()) {
    CHECK(spans.spans_size() == 2);
    CHECK(spans.schema_url() == "http://scope");
  }
}

TEST_CASE("spans for which there is no memory are not recorded") {
  const TemporaryFolder folder;
  const std::string path = folder.path("record");
  Store store(16 << 10);
  Recording recording(path);
  Ingest ingest(store, &*recording);
  recording->start();
  Request request("cart");
  for (std::uint64_t span = 1; span <= 100; ++span) {
    request.add_span(trace_id(1), span, std::string(1000, 'x'));
  }
  request.add_span(trace_id(2), 101, "small");
  const auto added = ingest.add(Signal::traces, request.bytes());
  REQUIRE(added);
  CHECK(added->rejected > 0);
  CHECK(added->accepted > 1);
  recording->close(0ms);
  const auto lines = lines_of(path);
  REQUIRE(lines.size() == 1);
  ExportTraceServiceRequest recorded;
  REQUIRE(recorded.ParseFromString(*otlp::json_to_payload(Signal::traces, lines[0])));
  std::uint64_t count = 0;
  std::string last;
  for (const auto& resource : recorded.resource_spans()) {
    for (const Span& span : resource.scope_spans(0).spans()) {
      last = span.name();
      ++count;
    }
  }
  CHECK(count == added->accepted);
  CHECK(last == "small");
}

}  // namespace otelctl::server
