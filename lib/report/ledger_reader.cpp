// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/ledger_reader.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/json/stream_parser.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

namespace otelctl::report {
namespace {

namespace json = boost::json;

constexpr std::string_view k_schema = "otelctl.ledger/1";
// What JSON readers keep exactly; the sums of a thousand ledgers stay within 64 bits.
constexpr std::uint64_t k_most = std::uint64_t{1} << 53U;
constexpr std::string_view k_hint = "give what send-* --format json has printed, unchanged";

tl::unexpected<Error> refuse(std::string message) {
  return fail(ErrorKind::usage, std::move(message), std::string(k_hint));
}

// Reads members and remembers the first that is not as it must be.
class Members {
 public:
  explicit Members(const json::object& object) : m_object(object) {}

  std::uint64_t count(std::string_view name, std::uint64_t most = k_most) {
    const json::value* found = find(name);
    const std::int64_t* number = found == nullptr ? nullptr : found->if_int64();
    if (number == nullptr || *number < 0 || static_cast<std::uint64_t>(*number) > most) {
      complain(fmt::format("{} is not a whole number from 0 to {}", name, most));
      return 0;
    }
    return static_cast<std::uint64_t>(*number);
  }

  nanoseconds time(std::string_view name) {
    return nanoseconds{static_cast<std::int64_t>(
        count(name, static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())))};
  }

  std::string text(std::string_view name) {
    const json::value* found = find(name);
    const json::string* text = found == nullptr ? nullptr : found->if_string();
    if (text == nullptr) {
      complain(fmt::format("{} is not a text", name));
      return {};
    }
    return {text->data(), text->size()};
  }

  const json::array& array(std::string_view name) {
    static const json::array k_none;
    const json::value* found = find(name);
    const json::array* array = found == nullptr ? nullptr : found->if_array();
    if (array == nullptr) {
      complain(fmt::format("{} is not an array", name));
      return k_none;
    }
    return *array;
  }

  // Hands each element of an array of objects to `read`.
  template <typename Read>
  void each(std::string_view name, const Read& read) {
    for (const json::value& element : array(name)) {
      const json::object* object = element.if_object();
      if (object == nullptr) {
        complain(fmt::format("{} holds something that is not an object", name));
        return;
      }
      Members members(*object);
      read(members);
      if (members.m_complaint) {
        complain(fmt::format("{}: {}", name, *members.m_complaint));
        return;
      }
    }
  }

  const json::value* find(std::string_view name) const {
    return m_object.if_contains({name.data(), name.size()});
  }
  void complain(std::string message) {
    if (!m_complaint) {
      m_complaint = std::move(message);
    }
  }
  const std::optional<std::string>& complaint() const { return m_complaint; }

 private:
  const json::object& m_object;
  std::optional<std::string> m_complaint;
};

std::optional<Signal> signal_of(std::string_view name) {
  for (const Signal signal : {Signal::traces, Signal::metrics, Signal::logs}) {
    if (name == name_of(signal)) {
      return signal;
    }
  }
  return std::nullopt;
}

void read_counts(Members& members, synth::LedgerFigures& figures) {
  const auto signal = signal_of(members.text("signal"));
  if (!signal) {
    members.complain("signal is not traces, metrics or logs");
  }
  figures.signal = signal.value_or(Signal::traces);
  figures.generated = members.count("generated");
  figures.accepted = members.count("accepted");
  figures.rejected = members.count("rejected");
  figures.failed = members.count("failed");
  figures.requests = members.count("requests");
  figures.retries = members.count("retries");
  figures.bytes = members.count("bytes");
  figures.elapsed = members.time("elapsed_ns");
  figures.behind = members.time("behind_ns");
  figures.seed = members.count("seed");
}

void read_lists(Members& members, synth::LedgerFigures& figures) {
  members.each("errors", [&](Members& error) {
    figures.errors.push_back({error.text("kind"), error.text("message"), {}, error.count("count")});
  });
  members.each("warnings", [&](Members& warning) {
    figures.warnings.push_back({warning.text("message"), warning.count("count")});
  });
  for (const json::value& element : members.array("trace_ids")) {
    const json::string* text = element.if_string();
    const auto id =
        text == nullptr ? std::nullopt : parse_hex<TraceId>({text->data(), text->size()});
    if (!id) {
      members.complain("trace_ids holds something that is not a trace id");
      return;
    }
    figures.trace_ids.push_back(*id);
  }
}

void read_latency(Members& members, synth::LedgerFigures& figures) {
  std::vector<synth::Histogram::Bucket> buckets;
  std::uint64_t total = 0;
  members.each("latency_buckets", [&](Members& bucket) {
    const nanoseconds upper = bucket.time("up_to_ns");
    const std::uint64_t count = bucket.count("count");
    buckets.push_back({upper, count});
    total += std::min(count, k_most - total);
  });
  if (total == k_most) {
    members.complain("latency_buckets count more than any run has");
    return;
  }
  const json::value* found = members.find("latency_ns");
  const json::object* latency = found == nullptr ? nullptr : found->if_object();
  if (latency == nullptr) {
    members.complain("latency_ns is not an object");
    return;
  }
  Members percentiles(*latency);
  const nanoseconds max = percentiles.time("max");
  auto histogram = synth::Histogram::restore(buckets, max);
  if (percentiles.complaint() || !histogram) {
    members.complain("latency_buckets and latency_ns.max do not fit together");
    return;
  }
  figures.latency = std::move(*histogram);
}

// What a ledger promises: nothing is lost without a reason.
Result<void> check_balance(const synth::LedgerFigures& figures) {
  if (figures.generated != figures.accepted + figures.rejected + figures.failed) {
    return refuse(
        fmt::format("it does not balance: {} generated, but {} accepted + {} rejected + "
                    "{} failed = {}",
                    figures.generated, figures.accepted, figures.rejected, figures.failed,
                    figures.accepted + figures.rejected + figures.failed));
  }
  std::uint64_t errors = 0;
  for (const synth::LedgerError& error : figures.errors) {
    if (error.count > k_most - errors) {
      return refuse("it does not balance: the errors count more than any run has");
    }
    errors += error.count;
  }
  if (errors != figures.rejected + figures.failed) {
    return refuse(
        fmt::format("it does not balance: {} rejected + {} failed, but the errors count "
                    "{}",
                    figures.rejected, figures.failed, errors));
  }
  if (figures.latency.count() != figures.requests) {
    return refuse(fmt::format("it does not balance: {} requests, but latency_buckets count {}",
                              figures.requests, figures.latency.count()));
  }
  return {};
}

Result<synth::Ledger> read_ledger(const json::value& value) {
  Members members(value.get_object());
  const json::value* schema = members.find("schema");
  if (schema == nullptr || !schema->is_string() || schema->get_string() != k_schema.data()) {
    return refuse(fmt::format("it is not a ledger: its schema is not {}", k_schema));
  }
  synth::LedgerFigures figures;
  read_counts(members, figures);
  read_lists(members, figures);
  read_latency(members, figures);
  if (members.complaint()) {
    return refuse(*members.complaint());
  }
  if (auto balanced = check_balance(figures); !balanced) {
    return fail(std::move(balanced).error());
  }
  return synth::Ledger(std::move(figures));
}

// Takes the document at the front off the text.
Result<json::value> take_document(std::string_view& text) {
  json::stream_parser parser;
  json::error_code code;
  text.remove_prefix(parser.write_some(text.data(), text.size(), code));
  if (code || !parser.done()) {
    return refuse("it is not JSON, or cut short");
  }
  return parser.release();
}

}  // namespace

Result<std::vector<synth::Ledger>> read_ledgers_json(std::string_view text) {
  std::vector<synth::Ledger> ledgers;
  while (!text.empty()) {
    if (text.front() != '{') {
      const std::size_t end = text.find('\n');
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
      continue;
    }
    const auto document = take_document(text);
    if (!document) {
      return fail(document.error());
    }
    auto ledger = read_ledger(*document);
    if (!ledger) {
      return fail(std::move(ledger).error());
    }
    if (ledgers.size() == k_most_ledgers) {
      return refuse(fmt::format("there are more than {} ledgers", k_most_ledgers));
    }
    ledgers.push_back(std::move(*ledger));
  }
  if (ledgers.empty()) {
    return refuse("there is no ledger in it");
  }
  return ledgers;
}

}  // namespace otelctl::report
