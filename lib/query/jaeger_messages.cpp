// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/jaeger_messages.hpp"

#include <algorithm>
#include <cstdint>

#include "otlp/wire_reader.hpp"
#include "otlp/wire_writer.hpp"
#include "query/id_text.hpp"
#include "query/names.hpp"
#include "trace/builder.hpp"

namespace otelctl::query {
namespace {

using otlp::WireField;
using otlp::WireReader;
using otlp::WireType;

void append_number(std::string& out, std::uint32_t field, std::int64_t number) {
  if (number != 0) {
    otlp::append_varint(out, std::uint64_t{field} << 3U);
    otlp::append_varint(out, static_cast<std::uint64_t>(number));
  }
}

// google.protobuf.Timestamp and Duration have the same fields; the nanoseconds of the first are
// never negative, and durations here are not.
void append_time(std::string& out, std::uint32_t field, nanoseconds time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  std::string message;
  append_number(message, 1, seconds.count());
  append_number(message, 2, (time - seconds).count());
  otlp::append_head(out, field, message.size());
  out += message;
}

void append_pair(std::string& out, std::uint32_t field, std::string_view key,
                 std::string_view value) {
  std::string entry;
  otlp::append_nonempty(entry, 1, key);
  otlp::append_nonempty(entry, 2, value);
  otlp::append_head(out, field, entry.size());
  out += entry;
}

tl::unexpected<Error> malformed() {
  return fail(ErrorKind::not_understood, "the answer is no message of Jaeger's query API",
              "check that the URL is the one of Jaeger's query service (gRPC: port 16685)");
}

// Calls `take` for each field of the message; false when the message is malformed.
template <typename Take>
bool each_field(std::string_view message, const Take& take) {
  WireReader reader(message);
  WireField field;
  while (reader.next(field)) {
    take(field);
  }
  return !reader.failed();
}

bool read_service(std::string_view message, trace::Summary& summary) {
  trace::ServiceCount service;
  const bool is_good = each_field(message, [&](const WireField& field) {
    if (field.number == 1 && field.type == WireType::length) {
      service.name = field.content;
    } else if (field.number == 2 && field.type == WireType::varint) {
      service.span_count = field.value;
    }
  });
  summary.services.push_back(std::move(service));
  return is_good;
}

bool read_summary(std::string_view message, trace::Summary& summary) {
  bool is_good = true;
  std::uint64_t end = 0;
  const auto take_text = [&](const WireField& field) {
    if (field.number == 1) {
      summary.id = id_or_none<TraceId>(field.content);
    } else if (field.number == 2) {
      summary.root_service = field.content;
    } else if (field.number == 3) {
      summary.root_name = field.content;
    } else if (field.number == 9) {
      is_good = read_service(field.content, summary) && is_good;
    }
  };
  const auto take_number = [&](const WireField& field) {
    if (field.number == 4) {
      summary.start = trace::time_from_unix(field.value);
    } else if (field.number == 5) {
      end = field.value;
    } else if (field.number == 6) {
      summary.span_count = field.value;
    } else if (field.number == 7) {
      summary.error_count = field.value;
    }
  };
  is_good = each_field(message,
                       [&](const WireField& field) {
                         if (field.type == WireType::length) {
                           take_text(field);
                         } else {
                           take_number(field);
                         }
                       }) &&
            is_good;
  summary.duration = std::max(trace::time_from_unix(end) - summary.start, nanoseconds{0});
  trace::sort_services(summary.services);
  return is_good;
}

}  // namespace

std::string get_trace_message(const TraceId& id, bool is_raw) {
  std::string message;
  otlp::append_nonempty(message, 1, to_hex(id));
  append_number(message, 4, is_raw ? 1 : 0);
  return message;
}

std::string find_traces_message(const Search& search) {
  std::string query;
  otlp::append_nonempty(query, 1, search.filter.service);
  otlp::append_nonempty(query, 2, search.filter.operation);
  for (const auto& [key, value] : search.filter.tags) {
    append_pair(query, 3, key, value);
  }
  if (search.filter.must_have_failed) {
    append_pair(query, 3, "error", "true");
  }
  append_time(query, 4, search.start.time_since_epoch());
  append_time(query, 5, search.end.time_since_epoch());
  if (search.min_span_duration) {
    append_time(query, 6, *search.min_span_duration);
  }
  if (search.max_span_duration) {
    append_time(query, 7, *search.max_span_duration);
  }
  // 0, which is also what is left out, is refused by stores in memory.
  append_number(query, 8, std::max<std::int64_t>(1, static_cast<std::int64_t>(search.limit)));
  std::string message;
  otlp::append_nonempty(message, 1, query);
  return message;
}

std::string get_operations_message(std::string_view service) {
  std::string message;
  otlp::append_nonempty(message, 1, service);
  return message;
}

Result<std::vector<std::string>> read_services_message(std::string_view bytes) {
  std::vector<std::string> names;
  const bool is_good = each_field(bytes, [&](const WireField& field) {
    if (field.number == 1 && field.type == WireType::length) {
      names.emplace_back(field.content);
    }
  });
  if (!is_good) {
    return malformed();
  }
  sort_unique(names);
  return names;
}

Result<std::vector<std::string>> read_operations_message(std::string_view bytes) {
  std::vector<std::string> names;
  bool is_good = true;
  is_good = each_field(bytes,
                       [&](const WireField& operation) {
                         if (operation.number != 1 || operation.type != WireType::length) {
                           return;
                         }
                         is_good =
                             each_field(operation.content,
                                        [&](const WireField& field) {
                                          if (field.number == 1 && field.type == WireType::length) {
                                            names.emplace_back(field.content);
                                          }
                                        }) &&
                             is_good;
                       }) &&
            is_good;
  if (!is_good) {
    return malformed();
  }
  sort_unique(names);
  return names;
}

Result<std::vector<trace::Summary>> read_summaries_message(std::string_view bytes) {
  std::vector<trace::Summary> summaries;
  bool is_good = true;
  is_good = each_field(bytes,
                       [&](const WireField& field) {
                         if (field.number != 1 || field.type != WireType::length) {
                           return;
                         }
                         trace::Summary summary;
                         is_good = read_summary(field.content, summary) && is_good;
                         if (summary.id.is_valid()) {
                           summaries.push_back(std::move(summary));
                         }
                       }) &&
            is_good;
  return is_good ? Result<std::vector<trace::Summary>>(std::move(summaries)) : malformed();
}

}  // namespace otelctl::query
