# Set Datadog OTLP endpoint
export OTEL_EXPORTER_OTLP_ENDPOINT=https://trace.agent.datadoghq.com:4318
export OTEL_EXPORTER_OTLP_HEADERS=dd-api-key=YOUR_API_KEY
