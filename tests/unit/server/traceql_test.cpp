// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/traceql.hpp"

#include <doctest/doctest.h>

#include "tests/unit/server/make_request.hpp"

namespace otelctl::server {
namespace {

using namespace otelctl::testing;

// Two spans: a failed call of shop with attributes of every type, and a short one of mail.
std::string two_spans() {
  Request request;
  Span& call = request.add_service("shop").add_span(trace_id(1), 1, "GET \"x\"", 1'000, 2'501'000);
  call.set_kind(Span::SPAN_KIND_SERVER);
  call.mutable_status()->set_code(opentelemetry::proto::trace::v1::Status::STATUS_CODE_ERROR);
  add_attribute(call, "retries").set_int_value(3);
  add_attribute(call, "text").set_string_value("3");
  add_attribute(call, "ratio").set_double_value(0.5);
  add_attribute(call, "ok").set_bool_value(true);
  add_attribute(call, "a key").set_string_value("line\nend");
  request.add_service("mail").add_span(trace_id(1), 2, "send", 5'000, 6'000);
  return request.bytes();
}

bool finds(const std::string& query) {
  static const std::string traces = two_spans();
  CAPTURE(query);
  const auto parsed = TraceQl::parse(query);
  CAPTURE((parsed ? "" : parsed.error().message));
  REQUIRE(parsed.has_value());
  return parsed->matches(traces);
}

std::string fault(const std::string& query) {
  const auto parsed = TraceQl::parse(query);
  if (parsed) {
    return "none";
  }
  CHECK(parsed.error().kind == ErrorKind::usage);
  return parsed.error().message;
}

TEST_CASE("spans are selected by their fields") {
  for (const char* query : {"{}",
                            " { } ",
                            R"({ name = "GET \"x\"" })",
                            "{status=error}",
                            "{ kind = server }",
                            "{ duration > 2ms }",
                            "{ duration >= 2500us && duration <= 2.5ms }",
                            "{duration<1.5us}",
                            "{ traceDuration = 2500us }",
                            "{ span:name = \"send\" }",
                            "{ trace:duration > 1ms }",
                            R"({ resource.service.name = "mail" })",
                            R"({ .service.name = "shop" })",
                            R"({ .retries = 3 })",
                            R"({ .retries != 4 && .retries > 2.5 })",
                            R"({ .text = "3" })",
                            R"({ (.text = "3" || .text = 3) })",
                            R"({ span.ratio = 0.5 })",
                            R"({ .ok = true })",
                            R"({ ."a key" = "line\nend" })",
                            R"({ name = "\x73end" })",
                            "{} with (most_recent=true)"}) {
    CHECK(finds(query));
  }
  for (const char* query :
       {R"({ name = "get" })", "{ status = ok }", "{ kind = client }", "{ duration > 3ms }",
        "{ .retries = \"3\" }", "{ .text = 3 }", "{ .nothing = 1 }", "{ .nothing != 1 }",
        R"({ span.service.name = "shop" })", "{ resource.retries = 3 }", "{ .ok = false }",
        "{ traceDuration < 1ms }"}) {
    CHECK_FALSE(finds(query));
  }
}

TEST_CASE("conditions speak of one span, and && binds more than ||") {
  CHECK_FALSE(finds(R"({ resource.service.name = "mail" && status = error })"));
  CHECK(finds(R"({ resource.service.name = "shop" && status = error })"));
  CHECK(finds(R"({ name = "send" || name = "x" && status = error })"));
  CHECK_FALSE(finds(R"({ (name = "send" || name = "x") && status = error })"));
  CHECK(finds(R"({ ((name = "send") && (kind = unspecified || (status = error))) })"));
}

TEST_CASE("what is not understood is refused by name") {
  CHECK(fault("") == "invalid TraceQL query: it does not begin with '{'");
  CHECK(fault("name = 1") == "invalid TraceQL query: it does not begin with '{'");
  CHECK(fault("{ .a =~ \"x.*\" }") ==
        "invalid TraceQL query: this backend knows no regular expressions");
  CHECK(fault("{ .a = 1 } | count() > 2").find("not what follows: '| count() > 2'") !=
        std::string::npos);
  CHECK(fault("{ .a = 1 } >> { .b = 2 }").find("not what follows") != std::string::npos);
  CHECK(fault("{} with (sample=true)").find("the only hint") != std::string::npos);
  CHECK(fault("{ (.a = 1 }") == "invalid TraceQL query: ')' is due before '}'");
  CHECK(fault("{ .a = 1) }") == "invalid TraceQL query: a ')' closes nothing");
  CHECK(fault("{ .a = 1") == "invalid TraceQL query: it ends where '&&', '||' or '}' is due");
  CHECK(fault("{ .a 1 }") == "invalid TraceQL query: a comparison is due before '1 }'");
  CHECK(fault("{ .a = }") == "invalid TraceQL query: a value is due before '}'");
  CHECK(fault("{ .a = \"x }") == "invalid TraceQL query: a text has no closing quote");
  CHECK(fault("{ .a = \"\\q\" }") == "invalid TraceQL query: an escape in a text is not known");
  CHECK(fault("{ event.name = \"x\" }").find("name, status, kind") != std::string::npos);
  CHECK(fault("{ .a = 1 && }").find("is due before '}'") != std::string::npos);
  CHECK(fault("{ . = 1 }") == "invalid TraceQL query: a text in quotes is due before '= 1 }'");
}

TEST_CASE("hostile queries end in an error, not in a stack") {
  CHECK(fault("{" + std::string(1'000'000, '(')).find("it ends where") != std::string::npos);
  std::string many = "{ .a = 1";
  for (int count = 0; count < 300; ++count) {
    many += " || .a = 1";
  }
  CHECK(fault(many + " }") == "invalid TraceQL query: more than 256 conditions");
}

}  // namespace
}  // namespace otelctl::server
