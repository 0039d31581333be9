module otelctl.invalid/peers/ghz

go 1.21

require github.com/bojand/ghz v0.93.0
