// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// send-spans as processes of its own: shards side by side, and signals.
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/server.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_context.hpp"

using namespace otelctl;
using namespace std::chrono_literals;
using test::TestRun;
namespace json = boost::json;

namespace {

constexpr auto k_patience = 30s;
const SystemClock k_clock;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool k_has_other_malloc = true;
#else
constexpr bool k_has_other_malloc = false;
#endif

// otelctl with these arguments, its streams into files.
class Process {
 public:
  Process(std::vector<std::string> args, const std::string& out) {
    args.insert(args.begin(), OTELCTL_PROGRAM);
    std::vector<char*> words;
    for (std::string& arg : args) {
      words.push_back(arg.data());
    }
    words.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    constexpr int k_flags = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), k_flags, 0600);
    posix_spawn_file_actions_addopen(&actions, 2, (out + ".err").c_str(), k_flags, 0600);
    char* const environment[] = {nullptr};
    REQUIRE(posix_spawn(&m_id, OTELCTL_PROGRAM, &actions, nullptr, words.data(), environment) == 0);
    posix_spawn_file_actions_destroy(&actions);
  }

  pid_t id() const { return m_id; }
  int wait() const {
    int status = 0;
    REQUIRE(waitpid(m_id, &status, 0) == m_id);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
  }

 private:
  pid_t m_id = 0;
};

std::string read(const std::string& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// Until no signal is pending for the process.
void wait_until_taken(pid_t process) {
  const std::string file = "/proc/" + std::to_string(process) + "/status";
  for (std::string status = read(file); !status.empty(); status = read(file)) {
    const auto pending = status.find("ShdPnd:\t");
    if (pending == std::string::npos || status.substr(pending + 8, 16) == std::string(16, '0')) {
      return;
    }
  }
}

// The heaps that glibc made for threads: each begins at a multiple of 64 MiB (HEAP_MAX_SIZE in
// malloc/arena.c), which other mappings do by chance only.
int heaps_of_threads(pid_t process) {
  std::istringstream maps(read("/proc/" + std::to_string(process) + "/maps"));
  int heaps = 0;
  for (std::string line; std::getline(maps, line);) {
    const auto start = std::stoull(line, nullptr, 16);
    const bool is_anonymous = line.find(" 00:00 0") != std::string::npos;
    heaps += is_anonymous && line.find(" rw-p ") != std::string::npos && start % (64U << 20U) == 0;
  }
  return heaps;
}

std::unique_ptr<server::Server> start_server() {
  return server::Server::start(server::ServerOptions::on_free_ports(), k_clock).value();
}

std::vector<std::string> send_to(const server::Server& server, std::vector<std::string> more) {
  more.insert(more.begin(), {"send-spans", "--endpoint", "http://" + server.grpc_address(),
                             "--protocol", "grpc", "--format", "json"});
  return more;
}

// The lines of a dry run's requests, one for each trace, without their order.
std::multiset<std::string> dry_run(std::vector<std::string> more) {
  more.insert(more.begin(), {"send-spans", "--dry-run", "--traces", "10", "--batch", "14", "--seed",
                             "7", "--start", "2026-08-20T10:00:00Z", "--rate", "500"});
  const TestRun run(more);
  REQUIRE(run.status() == 0);
  std::multiset<std::string> lines;
  std::istringstream out(run.out());
  for (std::string line; std::getline(out, line);) {
    lines.insert(line);
  }
  return lines;
}

}  // namespace

TEST_CASE("four shards as processes send the run of one, and their ledgers add up to its ledger") {
  const auto server = start_server();
  const test::TemporaryFolder folder;
  const std::vector<std::string> amount{"--traces", "10", "--seed", "7", "--rate", "1000"};
  std::vector<Process> processes;
  std::vector<std::string> files;
  for (const std::string shard : {"0/4", "1/4", "2/4", "3/4"}) {
    files.push_back(folder.path(shard.substr(0, 1) + ".json"));
    std::vector<std::string> more = amount;
    more.insert(more.end(), {"--shard", shard});
    processes.emplace_back(send_to(*server, more), files.back());
  }
  std::set<std::string> ids;
  std::vector<std::int64_t> generated;
  for (std::size_t index = 0; index < processes.size(); ++index) {
    CHECK(processes[index].wait() == 0);
    const auto ledger = json::parse(read(files[index])).as_object();
    generated.push_back(ledger.at("generated").as_int64());
    for (const json::value& id : ledger.at("trace_ids").as_array()) {
      CHECK(ids.insert(std::string(id.as_string())).second);
    }
  }
  CHECK(generated == std::vector<std::int64_t>{3 * 14, 3 * 14, 2 * 14, 2 * 14});
  CHECK(server->stats().traces.accepted == 140);

  const TestRun alone(send_to(*server, amount));
  const auto whole = json::parse(alone.out()).as_object();
  std::set<std::string> whole_ids;
  for (const json::value& id : whole.at("trace_ids").as_array()) {
    whole_ids.insert(std::string(id.as_string()));
  }
  CHECK(ids == whole_ids);

  std::vector<std::string> merge{"ledger", "merge", "--format", "json"};
  merge.insert(merge.end(), files.begin(), files.end());
  const TestRun merged(merge);
  CHECK(merged.status() == 0);
  const auto sum = json::parse(merged.out()).as_object();
  for (const char* name : {"generated", "accepted", "rejected", "failed", "seed"}) {
    CHECK(sum.at(name) == whole.at(name));
  }
  CHECK(sum.at("trace_ids").as_array().size() == 10);
}

TEST_CASE("the traces of shards are byte for byte those of the whole run") {
  std::multiset<std::string> together;
  for (const std::string shard : {"0/4", "1/4", "2/4", "3/4"}) {
    together.merge(dry_run({"--shard", shard}));
  }
  CHECK(together.size() == 10);
  CHECK(together == dry_run({}));
}

TEST_CASE("a run that is interrupted prints its ledger, also when the signal comes twice at once") {
  // As `timeout` sends it: to its child and to the group that the child is in.
  const auto server = start_server();
  const test::TemporaryFolder folder;
  const std::string file = folder.path("ledger.json");
  std::uint64_t accepted = 0;
  for (int round = 0; round < 10; ++round) {
    const Process process(send_to(*server, {"--duration", "1h", "--rate", "20000"}), file);
    REQUIRE(server->wait_for_spans(accepted + 100, k_patience));
    kill(process.id(), SIGINT);
    wait_until_taken(process.id());
    kill(process.id(), SIGINT);
    REQUIRE(process.wait() == 130);
    const auto ledger = json::parse(read(file)).as_object();
    CHECK(ledger.at("generated") == ledger.at("accepted"));
    accepted += static_cast<std::uint64_t>(ledger.at("accepted").as_int64());
    CHECK(server->stats().traces.accepted == accepted);
  }
}

TEST_CASE("a dry run without an end goes on as long as somebody reads it") {
  const test::TemporaryFolder folder;
  const std::string fifo = folder.path("fifo");
  REQUIRE(mkfifo(fifo.c_str(), 0600) == 0);
  // Opened for both, so that nobody waits for the other end.
  const int reader = open(fifo.c_str(), O_RDWR | O_CLOEXEC);
  REQUIRE(reader >= 0);
  const Process process({"send-spans", "--dry-run", "--traces", "9007199254740992"}, fifo);
  char first = 0;
  REQUIRE(::read(reader, &first, 1) == 1);
  CHECK(first == '{');
  close(reader);
  CHECK(process.wait() == 0);
}

TEST_CASE("a dry run without an end stops where it cannot be written") {
  const test::TemporaryFolder folder;
  const std::string link = folder.path("full");
  REQUIRE(symlink("/dev/full", link.c_str()) == 0);
  const std::vector<std::string> endless{"send-spans", "--dry-run", "--traces", "9007199254740992"};
  CHECK(Process(endless, link).wait() == 2);
  std::vector<std::string> into_file = endless;
  into_file.insert(into_file.end(), {"-o", link});
  CHECK(Process(into_file, folder.path("out")).wait() == 2);
}

TEST_CASE("a dry run into a file keeps nothing in memory, and leaves nothing when interrupted") {
  const test::TemporaryFolder folder;
  const auto files = [&] {
    return std::vector<std::filesystem::directory_entry>(
        std::filesystem::directory_iterator(folder.path("")), {});
  };
  const test::TemporaryFolder elsewhere;
  const Process process({"send-spans", "--dry-run", "--traces", "9007199254740992", "-o",
                         folder.path("requests.jsonl")},
                        elsewhere.path("out"));
  std::uintmax_t written = 0;
  while (written < 1'000'000) {
    for (const auto& file : files()) {
      written = file.file_size();
    }
  }
  kill(process.id(), SIGTERM);
  CHECK(process.wait() == 143);
  CHECK(files().empty());
}

TEST_CASE("the threads of serve share their memory, or it would grow to a multiple of its bound") {
  const test::TemporaryFolder folder;
  const std::string ready = folder.path("ready.json");
  const Process serve({"serve", "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0", "--query",
                       "127.0.0.1:0", "--max-memory", "8MiB", "--ready-file", ready},
                      folder.path("out"));
  while (!std::filesystem::exists(ready)) {
  }
  const auto addresses = json::parse(read(ready)).as_object();
  for (const char* const protocol : {"http", "grpc"}) {
    const bool is_grpc = protocol == std::string("grpc");
    const TestRun run({"send-spans", "--endpoint",
                       "http://" + std::string(addresses.at(protocol).as_string()), "--protocol",
                       is_grpc ? "grpc" : "http/protobuf", "--traces", "5000", "--in-flight", "16",
                       "--workers", "2"});
    CHECK(run.status() == 0);
  }
  // Sanitizers have a malloc of their own, and what they map begins there too.
  CHECK((k_has_other_malloc || heaps_of_threads(serve.id()) == 0));
  kill(serve.id(), SIGTERM);
  CHECK(serve.wait() == 0);
}
