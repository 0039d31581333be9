# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# The one place that knows how measurements look: reads lines of fields between tabs,
#
#   record KEY=VALUE...      see records.sh
#   failed BENCHMARK         it broke off
#   version NAME VERSION     of a program that was measured; "missing: WHY" if there is none
#   fact NAME VALUE          about the machine and the run
#   warning TEXT             what makes the figures doubtful
#   about BENCHMARK TEXT     what it measures
#
# and prints them as a report in Markdown, or with -v form=text the records alone, a line each.
BEGIN { FS = "\t" }

# Three digits are what such figures are good for; whole numbers stay whole.
function number(x, text) {
  if (x == "") return ""
  x += 0
  if (x == int(x) && x < 1e15) text = sprintf("%.0f", x)
  else if (x >= 1000 || x <= -1000) text = sprintf("%.0f", x)
  else text = sprintf("%.3g", x)
  if (text !~ /e/) while (match(text, /[0-9][0-9][0-9][0-9]($|[,.])/) && text !~ /\./)
    text = substr(text, 1, RSTART) "," substr(text, RSTART + 1)
  return text
}

function ratio_text(i, text) {
  if (of[i, "ratio"] == "") return ""
  text = number(of[i, "ratio"])
  if (of[i, "ratio_low"] != "")
    text = text " (" number(of[i, "ratio_low"]) " to " number(of[i, "ratio_high"]) ")"
  return text
}

function with_unit(x, unit) { return x == "" ? "" : number(x) (unit == "" ? "" : " " unit) }

function peer_text(i) {
  if (of[i, "peer"] == "") return of[i, "missing"] == "" ? "" : "missing: " of[i, "missing"]
  if (of[i, "missing"] != "") return of[i, "peer"] " is missing: " of[i, "missing"]
  return of[i, "peer"] (of[i, "peer_value"] == "" ? "" : ": " with_unit(of[i, "peer_value"], of[i, "unit"]))
}

function target_text(i, part) {
  if (of[i, "target"] == "") return ""
  split(of[i, "target"], part, " ")
  return (part[1] == "ratio" ? "ratio " : "") (part[2] == "<=" ? "at most " : "at least ") \
    (part[1] == "ratio" ? number(part[3]) : with_unit(part[3], of[i, "unit"]))
}

function verdict(i, part, x) {
  if (of[i, "target"] == "") return ""
  split(of[i, "target"], part, " ")
  x = of[i, part[1]]
  if (x == "") return "not measured"
  if (part[2] == "<=" ? x + 0 <= part[3] + 0 : x + 0 >= part[3] + 0) return "reached"
  return "not reached"
}

function cell(text) { gsub(/\|/, "\\|", text); return text }

function row(i) {
  return "| " of[i, "benchmark"] " | " cell(of[i, "what"]) " | " \
    with_unit(of[i, "value"], of[i, "unit"]) " | " cell(peer_text(i)) " | " ratio_text(i)
}

function line(i, text) {
  text = of[i, "benchmark"] ": " of[i, "what"]
  if (of[i, "value"] != "") text = text ": " with_unit(of[i, "value"], of[i, "unit"])
  if (peer_text(i) != "") text = text "; " peer_text(i)
  if (of[i, "ratio"] != "") text = text "; ratio " ratio_text(i)
  if (of[i, "target"] != "") text = text "; " target_text(i) ": " verdict(i)
  if (of[i, "note"] != "") text = text "; " of[i, "note"]
  return text
}

$1 == "record" {
  ++records
  for (field = 2; field <= NF; ++field) {
    at = index($field, "=")
    of[records, substr($field, 1, at - 1)] = substr($field, at + 1)
  }
  if (of[records, "ratio"] == "" && of[records, "value"] != "" && of[records, "peer_value"] + 0 != 0)
    of[records, "ratio"] = of[records, "value"] / of[records, "peer_value"]
  if (form == "text") print line(records)
}

$1 == "failed" {
  failed[++failures] = $2
  if (form == "text") print $2 ": FAILED, its other figures are missing"
}

$1 == "version" && !($2 in seen) { seen[$2] = 1; name[++versions] = $2; version[versions] = $3 }
$1 == "fact" { fact[++facts] = $2; said[facts] = $3 }
$1 == "warning" { warning[++warnings] = $2 }
$1 == "about" { benchmark[++benchmarks] = $2; about[benchmarks] = $3 }

function head() {
  print "# Benchmarks\n"
  print "Written by `scripts/bench --report`. Every peer ran in the same run on the same machine; commands"
  print "that are compared ran in turn, and the figure is the median. A ratio is otelctl's figure over the"
  print "peer's: of times and memory the smaller is the better, of rates the greater; in brackets are its"
  print "quartiles. Nothing is asserted: the last column says what was reached in this run."
  for (i = 1; i <= warnings; ++i) print "\n**" warning[i] "**"
  print "\n| machine and run | |\n|---|---|"
  for (i = 1; i <= facts; ++i) print "| " fact[i] " | " cell(said[i]) " |"
}

function targets( count, counts) {
  print "\n## Targets\n\n| benchmark | what | otelctl | beside | ratio | target | |\n|---|---|---|---|---|---|---|"
  for (i = 1; i <= records; ++i) if (of[i, "target"] != "") {
    print row(i) " | " target_text(i) " | " verdict(i) " |"
    ++count[verdict(i)]
  }
  print "\n" count["reached"] + 0 " reached, " count["not reached"] + 0 " not reached, " \
    count["not measured"] + 0 " not measured."
}

function figures() {
  print "\n## All figures\n\n| benchmark | what | otelctl | beside | ratio | note |\n|---|---|---|---|---|---|"
  for (i = 1; i <= records; ++i) print row(i) " | " cell(of[i, "note"]) " |"
}

function gaps( none) {
  print "\n## What is missing\n"
  none = 1
  for (i = 1; i <= failures; ++i) { print "- " failed[i] " FAILED: its other figures are missing"; none = 0 }
  for (i = 1; i <= versions; ++i) if (version[i] ~ /^missing: /) {
    print "- " name[i] ": " substr(version[i], 10)
    none = 0
  }
  for (i = 1; i <= records; ++i) if (of[i, "missing"] != "" && of[i, "peer"] == "") {
    print "- " of[i, "benchmark"] ", " of[i, "what"] ": " of[i, "missing"]
    none = 0
  }
  if (none) print "Nothing."
}

END {
  if (form == "text") exit
  head()
  targets()
  figures()
  gaps()
  print "\n## Versions\n\n| program | version |\n|---|---|"
  for (i = 1; i <= versions; ++i) if (version[i] !~ /^missing: /) print "| " name[i] " | " cell(version[i]) " |"
  print "\n## What the benchmarks are\n"
  for (i = 1; i <= benchmarks; ++i) print "- `" benchmark[i] "`: " about[i]
}
