// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/small_json.hpp"

#include <algorithm>
#include <limits>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "query/id_text.hpp"
#include "query/names.hpp"
#include "query/scalars.hpp"
#include "trace/builder.hpp"

namespace otelctl::query {
namespace {

namespace json = boost::json;

std::optional<json::value> parse(std::string_view text) {
  json::error_code code;
  json::value value = json::parse({text.data(), text.size()}, code);
  return code ? std::nullopt : std::optional(std::move(value));
}

const json::value* member(const json::value& value, std::string_view name) {
  const json::object* object = value.if_object();
  return object == nullptr ? nullptr : object->if_contains({name.data(), name.size()});
}

const json::array* array_member(const json::value& value, std::string_view name) {
  const json::value* found = member(value, name);
  return found == nullptr ? nullptr : found->if_array();
}

std::string text_member(const json::value& value, std::string_view name) {
  const json::value* found = member(value, name);
  const json::string* text = found == nullptr ? nullptr : found->if_string();
  return text == nullptr ? std::string() : std::string(text->data(), text->size());
}

std::uint64_t number_member(const json::value& value, std::string_view name) {
  const json::value* found = member(value, name);
  if (found == nullptr) {
    return 0;
  }
  JsonScalar scalar;
  if (const json::string* text = found->if_string()) {
    scalar.type = JsonScalar::Type::text;
    scalar.text = {text->data(), text->size()};
  } else if (const std::int64_t* number = found->if_int64()) {
    scalar.type = JsonScalar::Type::integer;
    scalar.integer = *number;
  } else if (const std::uint64_t* large = found->if_uint64()) {
    scalar.type = JsonScalar::Type::large_integer;
    scalar.large_integer = *large;
  } else if (const double* real = found->if_double()) {
    scalar.type = JsonScalar::Type::real;
    scalar.real = *real;
  }
  return to_unsigned(scalar);
}

std::vector<std::string> strings_of(const json::array& array) {
  std::vector<std::string> strings;
  for (const json::value& element : array) {
    if (const json::string* text = element.if_string()) {
      strings.emplace_back(text->data(), text->size());
    }
  }
  return strings;
}

tl::unexpected<Error> other_json() {
  return fail(ErrorKind::not_understood, "the answer is JSON, but not the query API's",
              "check the URL, and name what is behind it with --backend-kind");
}

trace::Summary summary_of(const json::value& from) {
  trace::Summary summary;
  summary.id = id_or_none<TraceId>(text_member(from, "traceId"));
  summary.root_service = text_member(from, "rootServiceName");
  summary.root_name = text_member(from, "rootOperationName");
  summary.start = trace::time_from_unix(number_member(from, "minStartTimeUnixNano"));
  const Time end = trace::time_from_unix(number_member(from, "maxEndTimeUnixNano"));
  summary.duration = std::max(end - summary.start, nanoseconds{0});
  summary.span_count = number_member(from, "spanCount");
  summary.error_count = number_member(from, "errorSpanCount");
  if (const json::array* services = array_member(from, "services")) {
    for (const json::value& service : *services) {
      summary.services.push_back(
          {text_member(service, "name"), number_member(service, "spanCount")});
    }
  }
  trace::sort_services(summary.services);
  return summary;
}

// Tempo's words where a trace's root has not come yet.
std::string root_member(const json::value& from, std::string_view name) {
  std::string text = text_member(from, name);
  return text == "<root span not yet received>" ? "" : text;
}

// The latest end of the spans that came with the trace, and how many of it matched.
void read_span_sets(const json::value& from, Time& end, std::size_t& matched) {
  std::vector<const json::value*> sets;
  if (const json::array* list = array_member(from, "spanSets")) {
    for (const json::value& set : *list) {
      sets.push_back(&set);
    }
  } else if (const json::value* set = member(from, "spanSet")) {
    sets.push_back(set);
  }
  for (const json::value* set : sets) {
    matched = std::max<std::size_t>(matched, number_member(*set, "matched"));
    const json::array* spans = array_member(*set, "spans");
    for (std::size_t index = 0; spans != nullptr && index < spans->size(); ++index) {
      const Time start = trace::time_from_unix(number_member((*spans)[index], "startTimeUnixNano"));
      const Time length = trace::time_from_unix(number_member((*spans)[index], "durationNanos"));
      const nanoseconds room = Time::max() - start;
      end = std::max(end, start + std::min(length.time_since_epoch(), room));
    }
  }
}

// Where there is nothing protobuf's JSON leaves the list out, and that of other writers is null.
bool is_empty_answer(const json::value& value, std::string_view list) {
  const json::value* found = member(value, list);
  return value.get_object().empty() || member(value, "metrics") != nullptr ||
         (found != nullptr && found->is_null());
}

trace::Summary tempo_summary(const json::value& from, bool asked_for_failed) {
  trace::Summary summary;
  summary.id = id_or_none<TraceId>(text_member(from, "traceID"));
  summary.root_service = root_member(from, "rootServiceName");
  summary.root_name = root_member(from, "rootTraceName");
  summary.start = trace::time_from_unix(number_member(from, "startTimeUnixNano"));
  constexpr std::uint64_t k_most = std::numeric_limits<std::int64_t>::max() / 1'000'000;
  summary.duration = std::chrono::milliseconds(
      static_cast<std::int64_t>(std::min(number_member(from, "durationMs"), k_most)));
  Time end;
  std::size_t matched = 0;
  read_span_sets(from, end, matched);
  summary.duration =
      std::min(std::max(summary.duration, end - summary.start), Time::max() - summary.start);
  const json::value* services = member(from, "serviceStats");
  if (services != nullptr && services->is_object()) {
    for (const auto& [name, counts] : services->get_object()) {
      const std::size_t spans = number_member(counts, "spanCount");
      summary.services.push_back({std::string(name.data(), name.size()), spans});
      summary.span_count += spans;
      summary.error_count += number_member(counts, "errorCount");
    }
    trace::sort_services(summary.services);
  }
  if (asked_for_failed && summary.error_count == 0) {
    summary.error_count = std::max<std::size_t>(matched, 1);
  }
  return summary;
}

}  // namespace

Result<std::vector<std::string>> read_services_v3(std::string_view text) {
  const auto value = parse(text);
  if (!value || !value->is_object()) {
    return other_json();
  }
  const json::array* services = array_member(*value, "services");
  if (services == nullptr && !value->get_object().empty()) {
    return other_json();
  }
  auto names = services == nullptr ? std::vector<std::string>() : strings_of(*services);
  sort_unique(names);
  return names;
}

Result<std::vector<std::string>> read_services_legacy(std::string_view text) {
  const auto value = parse(text);
  const json::value* data = value ? member(*value, "data") : nullptr;
  if (data == nullptr || !(data->is_array() || data->is_null())) {
    return other_json();
  }
  auto names = data->is_array() ? strings_of(data->get_array()) : std::vector<std::string>();
  sort_unique(names);
  return names;
}

Result<std::vector<std::string>> read_operations(std::string_view text) {
  const auto value = parse(text);
  if (!value || !value->is_object()) {
    return other_json();
  }
  const json::array* operations = array_member(*value, "operations");
  if (operations == nullptr) {
    operations = array_member(*value, "data");
  }
  std::vector<std::string> names;
  if (operations != nullptr) {
    names = strings_of(*operations);
    for (const json::value& operation : *operations) {
      if (operation.is_object()) {
        names.push_back(text_member(operation, "name"));
      }
    }
  }
  sort_unique(names);
  return names;
}

Result<std::vector<trace::Summary>> read_summaries(std::string_view text) {
  const auto value = parse(text);
  if (!value || !value->is_object()) {
    return other_json();
  }
  std::vector<trace::Summary> summaries;
  if (const json::array* list = array_member(*value, "summaries")) {
    for (const json::value& entry : *list) {
      trace::Summary summary = summary_of(entry);
      if (summary.id.is_valid()) {
        summaries.push_back(std::move(summary));
      }
    }
  } else if (!value->get_object().empty()) {
    return other_json();
  }
  return summaries;
}

Result<std::vector<std::string>> read_zipkin_names(std::string_view text) {
  const auto value = parse(text);
  if (!value || !value->is_array()) {
    return other_json();
  }
  auto names = strings_of(value->get_array());
  sort_unique(names);
  return names;
}

Result<std::vector<std::string>> read_tempo_values(std::string_view text) {
  const auto value = parse(text);
  if (!value || !value->is_object()) {
    return other_json();
  }
  const json::array* list = array_member(*value, "tagValues");
  if (list == nullptr && !is_empty_answer(*value, "tagValues")) {
    return other_json();
  }
  std::vector<std::string> names;
  if (list != nullptr) {
    names = strings_of(*list);
    for (const json::value& element : *list) {
      if (element.is_object()) {
        names.push_back(text_member(element, "value"));
      }
    }
  }
  sort_unique(names);
  return names;
}

Result<std::vector<trace::Summary>> read_tempo_search(std::string_view text,
                                                      bool asked_for_failed) {
  const auto value = parse(text);
  if (!value || !value->is_object()) {
    return other_json();
  }
  const json::array* list = array_member(*value, "traces");
  if (list == nullptr && !is_empty_answer(*value, "traces")) {
    return other_json();
  }
  std::vector<trace::Summary> summaries;
  for (std::size_t index = 0; list != nullptr && index < list->size(); ++index) {
    trace::Summary summary = tempo_summary((*list)[index], asked_for_failed);
    if (summary.id.is_valid()) {
      summaries.push_back(std::move(summary));
    }
  }
  return summaries;
}

std::optional<std::string> read_error_message(std::string_view text) {
  const auto value = parse(text);
  if (!value) {
    return std::nullopt;
  }
  std::string message;
  if (const json::value* error = member(*value, "error")) {
    message = error->is_string() ? text_member(*value, "error") : text_member(*error, "message");
  }
  if (const json::array* errors = array_member(*value, "errors");
      message.empty() && errors != nullptr && !errors->empty()) {
    message = text_member(errors->front(), "msg");
  }
  if (message.empty()) {
    message = text_member(*value, "message");
  }
  return message.empty() ? std::nullopt : std::optional(message);
}

bool is_jaeger_error(std::string_view text) {
  const auto value = parse(text);
  if (!value) {
    return false;
  }
  const json::value* error = member(*value, "error");
  const bool has_code = member(*value, "code") != nullptr;
  return (error != nullptr && (error->is_object() || has_code)) ||
         array_member(*value, "errors") != nullptr;
}

}  // namespace otelctl::query
