# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# What comes of an A2A call whose header was not passed on: the spans of hyvve-navi and hyvve-pulse
# begin a trace of their own. Input and output are OTLP JSON, one request a line.
.resourceSpans |= map(
  if .resource.attributes | any(.key == "service.name" and .value.stringValue != "hyvve-agentos")
  then .scopeSpans[].spans[].traceId |= (.[16:] + .[:16])
  else . end)
