// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trace/builder.hpp"

namespace otelctl::query {

// Jaeger puts its own words about a span among the attributes that it answers in OTLP
// (internal/jptrace/attributes.go). True when this attribute is one: its warnings become the
// span's, and it is not to be kept.
bool take_jaeger_words(trace::TraceBuilder& builder, trace::Span& span,
                       const trace::Attribute& attribute);

}  // namespace otelctl::query
