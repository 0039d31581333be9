// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/scenarios/built_in.hpp"

namespace otelctl::synth {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;

struct Sample {
  std::string key;  // of the span's attribute
  std::string text;
};

// Text that takes more or less room than it has characters.
std::vector<Sample> shapes() {
  return {
      {"wide.日本語", "注文を確認しています、しばらくお待ちください"},
      {"wide.한국어", "주문을 확인하는 중입니다"},
      {"wide.fullwidth", "ＦＵＬＬ ｗｉｄｔｈ　１２３"},
      {"combining", "Z\u0351\u036B\u0343a\u0320\u0356l\u0334g\u0358o\u0322 Ame\u0301lie n\u0303"},
      {"rtl.עברית", "בדיקת הזמנה מספר 42"},
      {"rtl.العربية", "جارٍ التحقق من الطلب رقم ٤٢"},
      {"rtl.mixed", "order הזמנה (42) הושלמה ok"},
      {"emoji.plain", "🚀🔥✅"},
      {"emoji.family",
       "👩\u200D👩\u200D👧\u200D👦 👍🏽 🏳\uFE0F\u200D🌈 🇩🇪🇯🇵 "
       "1\uFE0F\u20E3"},
      {"zero.width", "in\u200Bvis\u200Cible\u2060 \uFEFFmark soft\u00ADhyphen"},
      {"spaces", "no\u00A0break thin\u2009space ideographic\u3000space"},
      {"astral", "𝒪𝓉𝑒𝓁 \U00020000 \U0010FFFF"},
      {"noncharacter", "\uFFFE \uFFFF \uFDD0"},
      {"private.use", "\uE000 \U000F0000"},
      {"braces", "{{\"json\": {{}}}}"},
      {"empty", ""}};
}

// Text that does something to a terminal, a log or a page that shows it as it is.
std::vector<Sample> attacks() {
  return {{"ansi.clear", "before\x1B[2J\x1B[Hafter"},
          {"ansi.colour", "\x1B[31;1mred\x1B[0m \x1B[8mhidden\x1B[28m"},
          {"ansi.title", "\x1B]0;owned\x07 title"},
          {"ansi.link", "\x1B]8;;http://evil.example\x1B\\click\x1B]8;;\x1B\\"},
          {"ansi.clipboard", "\x1B]52;c;cm0gLXJmIH4=\x07"},
          {"ansi.answer", "\x1B[6n\x1B[c\x05"},
          {"ansi.unfinished", "\x1B["},
          {"c1.csi", "\u009B2J\u009D0;owned\u009C \u0085next"},
          {"c0.line", "one\ntwo\r\nthree\rfour"},
          {"c0.tab", "a\tb\vc\fd"},
          {"c0.back", "good\b\b\b\bevil \x7F"},
          {"c0.nul", "nul\0l"s},
          {"bidi.override", "safe\u202Egpj.exe\u202C"},
          {"bidi.isolate", "\u2066closed\u2069 \u2067open\n"},
          {"line.separator", "one\u2028two\u2029three"},
          {"log.forging", "ok\n2026-08-20T10:00:00Z ERROR nothing happened"},
          {"markup", "<script>alert(1)</script>&amp;\"'`$(id)"},
          {"key\x1B[31m.\u202E\n", "the key itself"}};
}

SpanSpec span_of(std::string name, SpanKind kind, const std::vector<Sample>& samples) {
  SpanSpec span{.name = std::move(name), .kind = kind, .own_time = Uniform{2ms, 9ms}};
  for (const Sample& sample : samples) {
    span.attributes.push_back({sample.key, Value(sample.text)});
  }
  return span;
}

// Names and values that are right as UTF-8 and go wrong where somebody counts bytes, counts
// characters, or trusts what they print.
Scenario unicode() {
  Scenario scenario;
  scenario.name = "unicode";
  scenario.summary = "wide, combining, right-to-left text, emoji, control characters (7 spans)";
  scenario.services = {{.name = "otelctl-ünïcödé-日本",
                        .resource = {{"host.name", "хост-1"}, {"team.emoji", "🦦"}},
                        .scope_name = "otelctl.ユニコード"}};
  TraceSpec& trace = scenario.traces.emplace_back();
  trace.add(span_of("GET /注文/{{id}} 🚀", SpanKind::server, shapes()));

  SpanSpec attack = span_of("attack \x1B[2J\x1B]0;owned\x07\u202Egpj.exe\nsecond line",
                            SpanKind::internal, attacks());
  attack.parent = 0;
  attack.events = {{.name = "événement \x1B[31m 🔔",
                    .attributes = {{"clé\t", Value("valeur\0fin"s)},
                                   {"liste", Value(std::vector<std::string>{"", "é", "日\n本"})}}}};
  trace.add(std::move(attack));

  for (const std::string& name : {"データベースへの問い合わせを実行しています"s, "בדיקת הזמנה"s,
                                  "Ame\u0301lie 👩\u200D👩\u200D👧\u200D👦"s}) {
    trace.add({.parent = 0, .name = name, .own_time = Lognormal{4ms, 0.3}});
  }
  trace.add({.parent = 0, .name = "", .own_time = Constant{1ms}});
  trace.add({.parent = 0,
             .name = "échec",
             .kind = SpanKind::client,
             .own_time = Uniform{1ms, 5ms},
             .error = ErrorSpec{.rate = 1.0,
                                .type = "Ошибка::\x1B[31mТип",
                                .message = "失敗しました: \x1B]0;owned\x07 \u202Etxt.exe\n次の行",
                                .propagates = false}});
  return scenario;
}

}  // namespace

BuiltInScenario unicode_scenario() {
  return {"unicode", unicode};
}

}  // namespace otelctl::synth
