// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "smoke/compare.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "trace/value_json.hpp"

namespace otelctl::smoke {
namespace {

using trace::Attribute;
using trace::Range;
using trace::Span;
using trace::Trace;
using trace::Value;
using trace::ValueType;

constexpr nanoseconds k_microsecond{1000};

std::string json_of(const Trace& trace, Value value) {
  return trace::value_json(trace.columns->texts, value);
}

// A value as a store writes it that has only text.
std::string text_of(const Trace& trace, Value value) {
  switch (value.type()) {
    case ValueType::text:
      return std::string(trace.text(value.text()));
    case ValueType::integer:
      return fmt::format("{}", value.integer());
    default:
      return json_of(trace, value);
  }
}

bool is_structure(Value value) {
  return value.type() == ValueType::array || value.type() == ValueType::map ||
         value.type() == ValueType::bytes;
}

std::string quoted(std::string_view text) {
  return text.empty() ? std::string() : to_json_string(text);
}

std::string time_json(Time time) {
  return quoted(format_rfc3339(time));
}

std::string member(std::string_view list, std::string_view key) {
  return fmt::format(".{}[{}]", list, to_json_string(key));
}

const Attribute* find(const Trace& trace, Range range, std::string_view key) {
  for (const Attribute& attribute : trace.attributes(range)) {
    if (trace.text(attribute.key) == key) {
      return &attribute;
    }
  }
  return nullptr;
}

// Texts in the order in which they came first.
class Once {
 public:
  void add(std::string text) {
    if (m_known.insert(text).second) {
      m_texts.push_back(std::move(text));
    }
  }
  const std::vector<std::string>& texts() const { return m_texts; }

 private:
  std::vector<std::string> m_texts;
  std::unordered_set<std::string> m_known;
};

class Comparer {
 public:
  Comparer(const Trace& sent, const Trace& got, const Fidelity& fidelity)
      : m_sent(sent), m_got(got), m_fidelity(fidelity) {}

  Comparison run() {
    std::unordered_map<SpanId, const Span*> got;
    for (const Span& span : m_got.spans) {
      got.emplace(span.id, &span);
    }
    std::size_t known = 0;
    for (const Span& span : m_sent.spans) {
      m_span = fmt::format("spans[{}]", to_json_string(m_sent.text(span.name)));
      const auto found = got.find(span.id);
      if (found == got.end()) {
        m_result.differences.push_back({m_span, quoted(to_hex(span.id)), "", true});
        continue;
      }
      ++known;
      compare_span(span, *found->second);
    }
    write_notes(got.size() - known);
    return std::move(m_result);
  }

 private:
  void compare_span(const Span& sent, const Span& got) {
    compare_name(".name", m_sent.text(sent.name), m_got.text(got.name));
    compare_name(".service", m_sent.service(sent), m_got.service(got));
    field(".parent_span_id", id_json(sent.parent_id), id_json(got.parent_id));
    compare_kind(sent, got);
    compare_time(".start", sent.start.time_since_epoch(), got.start.time_since_epoch(),
                 time_json(sent.start), time_json(got.start));
    compare_time(".duration_ns", sent.duration, got.duration,
                 fmt::format("{}", sent.duration.count()), fmt::format("{}", got.duration.count()));
    compare_status(sent, got);
    lossy(".trace_state", quoted(m_sent.text(sent.trace_state)),
          quoted(m_got.text(got.trace_state)), m_fidelity.trace_state, "trace state");
    lossy(".flags", flags_json(sent.flags), flags_json(got.flags), m_fidelity.flags, "flags");
    compare_scope(m_sent.columns->scopes[sent.scope], m_got.columns->scopes[got.scope]);
    compare_attributes("attributes", sent.attributes, got.attributes);
    compare_resource(sent, got);
    compare_events(sent, got);
    compare_links(sent, got);
  }

  void compare_name(std::string_view path, std::string_view sent, std::string_view got) {
    const bool is_lost = sent != got && equals_ignoring_case(sent, got);
    if (!is_lost || !forgive(m_fidelity.letter_case, "upper case")) {
      field(path, quoted(sent), quoted(got));
    }
  }

  void compare_kind(const Span& sent, const Span& got) {
    const bool is_lost = m_fidelity.internal_kind == Keeps::no &&
                         sent.kind == trace::SpanKind::internal &&
                         got.kind == trace::SpanKind::unspecified;
    if (is_lost) {
      lose("the kind internal");
      return;
    }
    field(".kind", quoted(name_of(sent.kind)), quoted(name_of(got.kind)));
  }

  void compare_status(const Span& sent, const Span& got) {
    const bool is_lost = m_fidelity.status_ok == Keeps::no &&
                         sent.status == trace::SpanStatus::ok &&
                         got.status == trace::SpanStatus::unset;
    if (is_lost) {
      lose("the status ok");
    } else {
      field(".status", quoted(name_of(sent.status)), quoted(name_of(got.status)));
    }
    field(".status_message", quoted(m_sent.text(sent.status_message)),
          quoted(m_got.text(got.status_message)));
  }

  void compare_time(std::string_view path, nanoseconds sent, nanoseconds got, std::string sent_json,
                    std::string got_json) {
    if (sent == got) {
      return;
    }
    // Starts and ends are cut, so that a duration may also become longer by one.
    const bool is_near = got >= sent - k_microsecond && got <= sent + k_microsecond;
    const bool is_cut = is_near && got % k_microsecond == nanoseconds::zero();
    if (!is_cut || !forgive(m_fidelity.nanoseconds, "nanoseconds")) {
      differ(path, std::move(sent_json), std::move(got_json));
    }
  }

  void compare_scope(const trace::Scope& sent, const trace::Scope& got) {
    lossy(".scope.name", quoted(m_sent.text(sent.name)), quoted(m_got.text(got.name)),
          m_fidelity.scope_names, "the scope");
    lossy(".scope.version", quoted(m_sent.text(sent.version)), quoted(m_got.text(got.version)),
          m_fidelity.scope_names, "the scope");
    if (sent.attributes.count > 0 && got.attributes.count == 0 &&
        forgive(m_fidelity.scopes, "attributes of a scope")) {
      return;
    }
    compare_attributes("scope.attributes", sent.attributes, got.attributes);
  }

  void compare_resource(const Span& sent, const Span& got) {
    const Range sent_range = m_sent.columns->resources[sent.resource].attributes;
    const Range got_range = m_got.columns->resources[got.resource].attributes;
    for (const Attribute& attribute : m_sent.attributes(sent_range)) {
      const std::string_view key = m_sent.text(attribute.key);
      // Compared as the service.
      if (key == "service.name") {
        continue;
      }
      const Attribute* found = find(m_got, got_range, key);
      if (found == nullptr && m_fidelity.resources == Keeps::no) {
        found = find(m_got, got.attributes, key);
        if (found == nullptr) {
          lose("attributes of a resource");
          continue;
        }
      }
      compare_value(member("resource", key), attribute.value, found);
    }
    note_added("resource", sent_range, got_range);
  }

  void compare_attributes(std::string_view list, Range sent, Range got) {
    for (const Attribute& attribute : m_sent.attributes(sent)) {
      const std::string_view key = m_sent.text(attribute.key);
      compare_value(member(list, key), attribute.value, find(m_got, got, key));
    }
    note_added(list, sent, got);
  }

  void compare_value(const std::string& path, Value sent, const Attribute* got) {
    const std::string sent_json = json_of(m_sent, sent);
    if (got == nullptr) {
      differ(path, sent_json, "");
      return;
    }
    const std::string got_json = json_of(m_got, got->value);
    if (sent.type() == got->value.type() && sent_json == got_json) {
      return;
    }
    if (got->value.type() != ValueType::text || !is_lost_form(sent, *got)) {
      differ(path, sent_json, got_json);
    }
  }

  // `got` is text.
  bool is_lost_form(Value sent, const Attribute& got) {
    // There is no one way to write bytes as text.
    const bool is_same_text =
        sent.type() == ValueType::bytes || text_of(m_sent, sent) == m_got.text(got.value.text());
    if (!is_same_text) {
      return false;
    }
    return is_structure(sent) ? forgive(m_fidelity.structures, "arrays, maps and bytes")
                              : forgive(m_fidelity.types, "types of attributes");
  }

  void compare_events(const Span& sent, const Span& got) {
    std::size_t index = 0;
    for (const trace::Event& event : m_sent.events(sent)) {
      const std::string list = fmt::format("events[{}]", index++);
      const auto events = m_got.events(got);
      const auto found = std::find_if(events.begin(), events.end(), [&](const auto& each) {
        return m_got.text(each.name) == m_sent.text(event.name);
      });
      if (found == events.end()) {
        differ("." + list, quoted(m_sent.text(event.name)), "");
        continue;
      }
      compare_time("." + list + ".time", event.time.time_since_epoch(),
                   found->time.time_since_epoch(), time_json(event.time), time_json(found->time));
      const bool is_bare = found->attributes.count == 0;
      if (!is_bare || !forgive(m_fidelity.event_details, "attributes of an event")) {
        compare_attributes(list + ".attributes", event.attributes, found->attributes);
      }
    }
    if (got.events.count > sent.events.count) {
      m_added.add("events");
    }
  }

  void compare_links(const Span& sent, const Span& got) {
    std::size_t index = 0;
    for (const trace::Link& link : m_sent.links(sent)) {
      const std::string list = fmt::format("links[{}]", index++);
      const auto links = m_got.links(got);
      const auto found = std::find_if(links.begin(), links.end(), [&](const auto& each) {
        return each.trace_id == link.trace_id && each.span_id == link.span_id;
      });
      if (found == links.end()) {
        lossy("." + list, quoted(to_hex(link.trace_id)), "", m_fidelity.links, "links");
        continue;
      }
      compare_link(list, link, *found);
    }
    if (got.links.count > sent.links.count) {
      m_added.add("links");
    }
  }

  void compare_link(const std::string& list, const trace::Link& sent, const trace::Link& got) {
    const Keeps keeps = m_fidelity.link_details;
    lossy("." + list + ".trace_state", quoted(m_sent.text(sent.trace_state)),
          quoted(m_got.text(got.trace_state)), keeps, "details of a link");
    lossy("." + list + ".flags", flags_json(sent.flags), flags_json(got.flags), keeps,
          "details of a link");
    if (got.attributes.count == 0 && sent.attributes.count > 0 &&
        forgive(keeps, "details of a link")) {
      return;
    }
    compare_attributes(list + ".attributes", sent.attributes, got.attributes);
  }

  void note_added(std::string_view list, Range sent, Range got) {
    for (const Attribute& attribute : m_got.attributes(got)) {
      const std::string_view key = m_got.text(attribute.key);
      if (find(m_sent, sent, key) == nullptr && !(list == "resource" && key == "service.name")) {
        m_added.add(fmt::format("{}.{}", list, key));
      }
    }
  }

  static std::string id_json(const SpanId& id) {
    return id.is_valid() ? quoted(to_hex(id)) : std::string();
  }

  static std::string flags_json(std::uint32_t flags) {
    return flags == 0 ? std::string() : fmt::format("{}", flags);
  }

  void field(std::string_view path, std::string sent, std::string got) {
    if (sent != got) {
      differ(path, std::move(sent), std::move(got));
    }
  }

  // A field that some stores leave out.
  void lossy(std::string_view path, std::string sent, std::string got, Keeps keeps,
             std::string_view what) {
    if (sent != got && !(got.empty() && forgive(keeps, what))) {
      differ(path, std::move(sent), std::move(got));
    }
  }

  bool forgive(Keeps keeps, std::string_view what) {
    if (keeps == Keeps::no) {
      lose(what);
    } else if (keeps == Keeps::sometimes) {
      m_unsure.add(std::string(what));
    }
    return keeps != Keeps::yes;
  }

  void lose(std::string_view what) { m_lost.add(std::string(what)); }

  void differ(std::string_view path, std::string sent, std::string got) {
    m_result.differences.push_back(
        {m_span + std::string(path), std::move(sent), std::move(got), false});
  }

  void write_notes(std::size_t further_spans) {
    m_result.warnings = m_unsure.texts();
    if (!m_added.texts().empty()) {
      m_result.notes.push_back("added on the way: " + join(m_added.texts(), ", "));
    }
    if (further_spans > 0) {
      m_result.notes.push_back("added on the way: " + counted(further_spans, "span"));
    }
    if (!m_lost.texts().empty()) {
      m_result.notes.push_back("not compared, as this kind of backend cannot keep it: " +
                               join(m_lost.texts(), ", "));
    }
  }

  const Trace& m_sent;
  const Trace& m_got;
  const Fidelity& m_fidelity;
  std::string m_span;  // the path of the span that is compared
  Once m_added;
  Once m_lost;
  Once m_unsure;
  Comparison m_result;
};

}  // namespace

Comparison compare(const Trace& sent, const Trace& got, const Fidelity& fidelity) {
  return Comparer(sent, got, fidelity).run();
}

std::size_t count_present(const Trace& sent, const Trace& got) {
  std::unordered_set<SpanId> ids;
  for (const Span& span : got.spans) {
    ids.insert(span.id);
  }
  return static_cast<std::size_t>(
      std::count_if(sent.spans.begin(), sent.spans.end(),
                    [&](const Span& span) { return ids.contains(span.id); }));
}

}  // namespace otelctl::smoke
