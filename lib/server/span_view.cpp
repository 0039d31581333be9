// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/span_view.hpp"

namespace otelctl::server {

using otlp::WireField;
using otlp::WireReader;

bool SpanView::has_parent() const {
  return parent_id.find_first_not_of('\0') != std::string_view::npos;
}

ScopeView scope_view(std::string_view content) {
  ScopeView view{.content = content};
  WireReader reader(content);
  for (WireField field; reader.next(field);) {
    if (field.number == 1) {
      view.name = field.content;
    } else if (field.number == 2) {
      view.version = field.content;
    }
  }
  return view;
}

SpanView span_view(std::string_view content) {
  SpanView view{.content = content};
  WireReader reader(content);
  for (WireField field; reader.next(field);) {
    switch (field.number) {
      case 1:
        view.trace_id = field.content;
        break;
      case 2:
        view.span_id = field.content;
        break;
      case 3:
        view.trace_state = field.content;
        break;
      case 4:
        view.parent_id = field.content;
        break;
      case 5:
        view.name = field.content;
        break;
      case 6:
        view.kind = static_cast<std::uint32_t>(field.value);
        break;
      case 7:
        view.start = field.value;
        break;
      case 8:
        view.end = field.value;
        break;
      case 15: {
        WireReader status(field.content);
        for (WireField part; status.next(part);) {
          if (part.number == 2) {
            view.status_message = part.content;
          } else if (part.number == 3) {
            view.status = static_cast<std::uint32_t>(part.value);
          }
        }
        break;
      }
      default:
        break;
    }
  }
  return view;
}

EventView event_view(std::string_view content) {
  EventView view{.content = content};
  WireReader reader(content);
  for (WireField field; reader.next(field);) {
    if (field.number == 1) {
      view.time = field.value;
    } else if (field.number == 2) {
      view.name = field.content;
    }
  }
  return view;
}

LinkView link_view(std::string_view content) {
  LinkView view{.content = content};
  WireReader reader(content);
  for (WireField field; reader.next(field);) {
    if (field.number == 1) {
      view.trace_id = field.content;
    } else if (field.number == 2) {
      view.span_id = field.content;
    }
  }
  return view;
}

AttributeView attribute_view(std::string_view content) {
  AttributeView view;
  WireReader reader(content);
  for (WireField field; reader.next(field);) {
    if (field.number == 1) {
      view.key = field.content;
    } else if (field.number == 2) {
      view.value = field.content;
    }
  }
  return view;
}

std::string_view single(std::string_view message, std::uint32_t number) {
  std::string_view found;
  for_each(message, number, [&](std::string_view content) {
    found = content;
    return true;
  });
  return found;
}

std::optional<std::string_view> find_attribute(std::string_view message, std::uint32_t attributes,
                                               std::string_view key) {
  std::optional<std::string_view> found;
  for_each(message, attributes, [&](std::string_view content) {
    const AttributeView attribute = attribute_view(content);
    if (attribute.key == key) {
      found = attribute.value;
    }
    return !found;
  });
  return found;
}

}  // namespace otelctl::server
