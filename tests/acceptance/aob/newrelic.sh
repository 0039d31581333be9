# Set New Relic OTLP endpoint
export OTEL_EXPORTER_OTLP_ENDPOINT=https://otlp.nr-data.net:4318
export OTEL_EXPORTER_OTLP_HEADERS=api-key=YOUR_LICENSE_KEY
