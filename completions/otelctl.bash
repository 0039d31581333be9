# bash completion for otelctl; written by 'otelctl completion bash'.
_otelctl() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
  local command='' words='' files='' is_value='' word index
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=${COMP_WORDS[index]}
    case $word in -*) continue ;; esac
    if [[ -z $command ]]; then command=$word
    elif [[ $command == config ]]; then command='config '$word
    elif [[ $command == ledger ]]; then command='ledger '$word
    fi
  done
  case $command in
    '') words='config test-connection smoke send-spans send-metrics send-logs scenarios ledger exec serve show-traces show-trace show-services check-traces diff-traces completion version help --help --version' ;;
    config) words='validate show rules explain schema convert --help' ;;
    ledger) words='merge --help' ;;
    'config validate')
      case $previous in
        --section) is_value=1 ;;
        --kind) words='auto telemetry env collector sdk'; is_value=1 ;;
        --fail-on) words='error warning info never'; is_value=1 ;;
        --select) is_value=1 ;;
        --ignore) is_value=1 ;;
        --max-findings) is_value=1 ;;
        --env-file) files=1; is_value=1 ;;
        --env-name) is_value=1 ;;
        --collector-version) is_value=1 ;;
        --format) words='text concise json sarif junit github'; is_value=1 ;;
        -o|--output) files=1; is_value=1 ;;
        --report) files=1; is_value=1 ;;
        --width) is_value=1 ;;
        --color) words='auto always never'; is_value=1 ;;
      esac
      if [[ -z $is_value ]]; then words='--section --kind --fail-on --strict --select --ignore --max-findings --fix --diff --env-file --no-env --env-name --collector-version --format -o --output --report --width --color -q --quiet -v --verbose -h --help'; files=1; fi ;;
    'config show')
      case $previous in
        --section) is_value=1 ;;
        --env-file) files=1; is_value=1 ;;
        --format) words='text json yaml env'; is_value=1 ;;
        -o|--output) files=1; is_value=1 ;;
        --color) words='auto always never'; is_value=1 ;;
      esac
      if [[ -z $is_value ]]; then words='--section --env-file --no-env --format -o --output --color -q --quiet -v --verbose -h --help'; files=1; fi ;;
    'config rules')
      case $previous in
        --format) words='text json'; is_value=1 ;;
        -o|--output) files=1; is_value=1 ;;
        --color) words='auto always never'; is_value=1 ;;
      esac
      if [[ -z $is_value ]]; then words='--format -o --output --color -q --quiet -v --verbose -h --help'; files=; fi ;;
    'config explain')
      case $previous in
        --format) words='text json'; is_value=1 ;;
        -o|--output) files=1; is_value=1 ;;
        --width) is_value=1 ;;
        --color) words='auto always never'; is_value=1 ;;
      esac
      if [[ -z $is_value ]]; then words='--format -o --output --width --color -q --quiet -v --verbose -h --help'; files=; fi ;;
    'config schema')
      case $previous in
        --section) is_value=1 ;;
        --format) is_value=1 ;;
        -o|--output) files=1; is_value=1 ;;
        --color) words='auto always never'; is_value=1 ;;
      esac
      if [[ -z $is_value ]]; then words='--section --format -o --output --color -q --quiet -v --verbose -h --help'; files=; fi ;;
    'config convert')
      case $previous in
        --to) words='telemetry env sdk'; is_value=1 ;;
        --section) is_value=1 ;;
        --format) is_value=1 ;;
        -o|--output) files=1; is_value=1 ;;
        --color) words='auto always never'; is_value=1 ;;
      esac
      if [[ -z $is_value ]]; then words='--to --section --format -o --output --color -q --quiet -v --verbose -h --help'; files=1; fi ;;
    'test-connection')
      case $previous in
        --signal) words='traces metrics logs all'; is_value=1 ;;
        --wait) is_value=1 ;;
        --fail-on) words='error warning'; is_value=1 ;;
        --endpoint) is_value=1 ;;
        --protocol) words='grpc http/protobuf http/json'; is_value=1 ;;
        --header) is_value=1 ;;
        --ca) files=1; is_value=1 ;;
        --cert) files=1; is_value=1 ;;
        --key) files=1; is_value=1 ;;
        --compression) words='none gzip'; is_value=1 ;;
        --timeout) is_value=1 ;;
        --service) is_value=1 ;;
        --resource) is_value=1 ;;
        --env-file) files=1; is_value=1 ;;
        --config) files=1; is_value=1 ;;
        --section) is_value=1 ;;
        --format) words='text json junit github'; is_value=1 ;;
        -o|--output) files=1; is_value=1 ;;
        --report) files=1; is_value=1 ;;
        --width) is_value=1 ;;
        --color) words='auto always never'; is_value=1 ;;
      esac
      if [[ -z $is_value ]]; then words='--signal --wait --no-send --identify --fail-on --endpoint --protocol --header --ca --cert --key --insecure-skip-verify --compression --timeout --service --resource --env-file --config --section --format -o --output --report --width --color -q --quiet -v --verbose -h --help'; files=; fi ;;
    'smoke')
      case $previous in
        --within) is_value=1 ;;
        --endpoint) is_value=1 ;;
        --protocol) words='grpc http/protobuf http/json'; is_value=1 ;;
        --header) is_value=1 ;;
        --ca) files=1; is_value=1 ;;
        --cert) files=1; is_value=1 ;;
        --key) files=1; is_value=1 ;;
        --compression) words='none gzip'; is_value=1 ;;
        --timeout) is_value=1 ;;
        --service) is_value=1 ;;
        --resource) is_value=1 ;;
        --env-file) files=1; is_value=1 ;;
        --config) files=1; is_value=1 ;;
        --section) is_value=1 ;;
        --backend) words='URL FILE'; files=1; is_value=1 ;;
        --backend-kind) words='auto jaeger tempo zipkin file'; is_value=1 ;;
        --backend-header) is_value=1 ;;
        --tenant) is_value=1 ;;
        --backend-ca) files=1; is_value=1 ;;
        --backend-cert) files=1; is_value=1 ;;
        --backend-key) files=1; is_value=1 ;;
        --query-timeout) is_value=1 ;;
        --format) words='text json junit github'; is_value=1 ;;
        -o|--output) files=1; is_value=1 ;;
        --report) files=1; is_value=1 ;;
        --width) is_value=1 ;;
        --color) words='auto always never'; is_value=1 ;;
      esac
      if [[ -z $is_value ]]; then words='--within --endpoint --protocol --header --ca --cert --key --insecure-skip-verify --compression --timeout --service --resource --env-file --config --section --backend --backend-kind --backend-header --tenant --backend-ca --backend-cert --backend-key --query-timeout --format -o --output --report --width --color -q --quiet -v --verbose -h --help'; files=; fi ;;
    'send-spans')
      case $previous in
        --scenario) words='agentcreator agentmap agentproxy aob deep hyvve kinds large-attributes simple unicode wide'; files=1; is_value=1 ;;
        --semconv) words='seed current'; is_value=1 ;;
        --traces) is_value=1 ;;
        --duration) is_value=1 ;;
        --start) is_value=1 ;;
        --seed) is_value=1 ;;
        --name) is_value=1 ;;
        --attribute) is_value=1 ;;
        --traceparent) is_value=1 ;;
        --rate) is_value=1 ;;
        --ramp) is_value=1 ;;
        --batch) is_value=1 ;;
        --in-flight) is_value=1 ;;
        --workers) is_value=1 ;;
        --shard) is_value=1 ;;
        --max-loss) is_value=1 ;;
        --max-p99) is_value=1 ;;
        --endpoint) is_value=1 ;;
        --protocol) words='grpc http/protobuf http/json'; is_value=1 ;;
        --header) is_value=1 ;;
        --ca) files=1; is_value=1 ;;
        --cert) files=1; is_value=1 ;;
        --key) files=1; is_value=1 ;;
        --compression) words='none gzip'; is_value=1 ;;
        --timeout) is_value=1 ;;
        --service) is_value=1 ;;
        --resource) is_value=1 ;;
        --env-file) files=1; is_value=1 ;;
        --config) files=1; is_value=1 ;;
        --section) is_value=1 ;;
        --format) words='text json'; is_value=1 ;;
        -o|--output) files=1; is_value=1 ;;
        --color) words='auto always never'; is_value=1 ;;
      esac
      if [[ -z $is_value ]]; then words='--scenario --semconv --traces --duration --start --seed --dry-run --name --attribute --traceparent --rate --ramp --batch --in-flight --workers --shard --max-loss --max-p99 --endpoint --protocol --header --ca --cert --key --insecure-skip-verify --compression --timeout --service --resource --env-file --config --section --format -o --output --color -q --quiet -v --verbose -h --help'; files=; fi ;;
    'send-metrics')
      case $previous in
        --scenario) words='agentcreator agentmap agentproxy aob deep hyvve kinds large-attributes simple unicode wide'; files=1; is_value=1 ;;
        --semconv) words='seed current'; is_value=1 ;;
        --count) is_value=1 ;;
        --duration) is_value=1 ;;
        --seed) is_value=1 ;;
        --attribute) is_value=1 ;;
        --time) is_value=1 ;;
        --start) is_value=1 ;;
        --name) is_value=1 ;;
        --kind) words='gauge counter up-down-counter'; is_value=1 ;;
        --value) is_value=1 ;;
        --unit) is_value=1 ;;
        --description) is_value=1 ;;
        --rate) is_value=1 ;;
        --ramp) is_value=1 ;;
        --batch) is_value=1 ;;
        --in-flight) is_value=1 ;;
        --workers) is_value=1 ;;
        --shard) is_value=1 ;;
        --max-loss) is_value=1 ;;
        --max-p99) is_value=1 ;;
        --endpoint) is_value=1 ;;
        --protocol) words='grpc http/protobuf http/json'; is_value=1 ;;
        --header) is_value=1 ;;
        --ca) files=1; is_value=1 ;;
        --cert) files=1; is_value=1 ;;
        --key) files=1; is_value=1 ;;
        --compression) words='none gzip'; is_value=1 ;;
        --timeout) is_value=1 ;;
        --service) is_value=1 ;;
        --resource) is_value=1 ;;
        --env-file) files=1; is_value=1 ;;
        --config) files=1; is_value=1 ;;
        --section) is_value=1 ;;
        --format) words='text json'; is_value=1 ;;
        -o|--output) files=1; is_value=1 ;;
        --color) words='auto always never'; is_value=1 ;;
      esac
      if [[ -z $is_value ]]; then words='--scenario --semconv --count --duration --seed --dry-run --attribute --time --start --name --kind --value --unit --description --rate --ramp --batch --in-flight --workers --shard --max-loss --max-p99 --endpoint --protocol --header --ca --cert --key --insecure-skip-verify --compression --timeout --service --resource --env-file --config --section --format -o --output --color -q --quiet -v --verbose -h --help'; files=; fi ;;
    'send-logs')
      case $previous in
        --scenario) words='agentcreator agentmap agentproxy aob deep hyvve kinds large-attributes simple unicode wide'; files=1; is_value=1 ;;
        --semconv) words='seed current'; is_value=1 ;;
        --count) is_value=1 ;;
        --duration) is_value=1 ;;
        --seed) is_value=1 ;;
        --attribute) is_value=1 ;;
        --time) is_value=1 ;;
        --body) is_value=1 ;;
        --severity) words='trace debug info warn error fatal'; is_value=1 ;;
        --traceparent) is_value=1 ;;
        --rate) is_value=1 ;;
        --ramp) is_value=1 ;;
        --batch) is_value=1 ;;
        --in-flight) is_value=1 ;;
        --workers) is_value=1 ;;
        --shard) is_value=1 ;;
        --max-loss) is_value=1 ;;
        --max-p99) is_value=1 ;;
        --endpoint) is_value=1 ;;
        --protocol) words='grpc http/protobuf http/json'; is_value=1 ;;
        --header) is_value=1 ;;
        --ca) files=1; is_value=1 ;;
        --cert) files=1; is_value=1 ;;
        --key) files=1; is_value=1 ;;
        --compression) words='none gzip'; is_value=1 ;;
        --timeout) is_value=1 ;;
        --service) is_value=1 ;;
        --resource) is_value=1 ;;
        --env-file) files=1; is_value=1 ;;
        --config) files=1; is_value=1 ;;
        --section) is_value=1 ;;
        --format) words='text json'; is_value=1 ;;
        -o|--output) files=1; is_value=1 ;;
        --color) words='auto always never'; is_value=1 ;;
      esac
      if [[ -z $is_value ]]; then words='--scenario --semconv --count --duration --seed --dry-run --attribute --time --body --severity --traceparent --rate --ramp --batch --in-flight --workers --shard --max-loss --max-p99 --endpoint --protocol --header --ca --cert --key --insecure-skip-verify --compression --timeout --service --resource --env-file --config --section --format -o --output --color -q --quiet -v --verbose -h --help'; files=; fi ;;
    'scenarios')
      case $previous in
        --semconv) words='seed current'; is_value=1 ;;
        --format) words='text json'; is_value=1 ;;
        -o|--output) files=1; is_value=1 ;;
        --color) words='auto always never'; is_value=1 ;;
      esac
      if [[ -z $is_value ]]; then words='--semconv --format -o --output --color -q --quiet -v --verbose -h --help agentcreator agentmap agentproxy aob deep hyvve kinds large-attributes simple unicode wide'; files=; fi ;;
    'ledger merge')
      case $previous in
        --format) words='text json'; is_value=1 ;;
        -o|--output) files=1; is_value=1 ;;
        --color) words='auto always never'; is_value=1 ;;
      esac
      if [[ -z $is_value ]]; then words='--format -o --output --color -q --quiet -v --verbose -h --help'; files=1; fi ;;
    'exec')
      case $previous in
        --name) is_value=1 ;;
        --attribute) is_value=1 ;;
        --endpoint) is_value=1 ;;
        --protocol) words='grpc http/protobuf http/json'; is_value=1 ;;
        --header) is_value=1 ;;
        --ca) files=1; is_value=1 ;;
        --cert) files=1; is_value=1 ;;
        --key) files=1; is_value=1 ;;
        --compression) words='none gzip'; is_value=1 ;;
        --timeout) is_value=1 ;;
        --service) is_value=1 ;;
        --resource) is_value=1 ;;
        --env-file) files=1; is_value=1 ;;
        --config) files=1; is_value=1 ;;
        --section) is_value=1 ;;
        --color) words='auto always never'; is_value=1 ;;
      esac
      if [[ -z $is_value ]]; then words='--name --attribute --endpoint --protocol --header --ca --cert --key --insecure-skip-verify --compression --timeout --service --resource --env-file --config --section --color -q --quiet -v --verbose -h --help'; files=; fi
      for ((index = 1; index < COMP_CWORD; index++)); do
        [[ ${COMP_WORDS[index]} != exec ]] || break
      done
      for ((index++; index < COMP_CWORD; index++)); do
        case ${COMP_WORDS[index]} in
          --) ((index++)); break ;;
          --name|--attribute|--endpoint|--protocol|--header|--ca|--cert|--key|--compression|--timeout|--service|--resource|--env-file|--config|--section|--color) ((index++)); [[ ${COMP_WORDS[index]} != = ]] || ((index++)) ;;
          -*) ;;
          *) break ;;
        esac
      done
      if ((index < COMP_CWORD)); then
        if declare -F _command_offset >/dev/null; then _command_offset "$index"; return; fi
        words=''; files=1
      elif [[ -z $is_value && $current != -* ]]; then
        words=$(compgen -c -- "$current"); files=1
      fi ;;
    'serve')
      case $previous in
        --grpc) is_value=1 ;;
        --http) is_value=1 ;;
        --query) is_value=1 ;;
        --ready-file) files=1; is_value=1 ;;
        --require-header) is_value=1 ;;
        --max-memory) is_value=1 ;;
        --exit-after-spans) is_value=1 ;;
        --fault) is_value=1 ;;
        --record) files=1; is_value=1 ;;
        --color) words='auto always never'; is_value=1 ;;
      esac
      if [[ -z $is_value ]]; then words='--grpc --http --query --ready-file --require-header --max-memory --exit-after-spans --fault --record --color -q --quiet -v --verbose -h --help'; files=; fi ;;
    'show-traces')
      case $previous in
        --last) is_value=1 ;;
        --since) is_value=1 ;;
        --until) is_value=1 ;;
        --service) is_value=1 ;;
        --operation) is_value=1 ;;
        --tag) is_value=1 ;;
        --min-duration) is_value=1 ;;
        --max-duration) is_value=1 ;;
        --sort) words='start duration spans errors'; is_value=1 ;;
        --require) is_value=1 ;;
        --interval) is_value=1 ;;
        --for) is_value=1 ;;
        --backend) words='URL FILE'; files=1; is_value=1 ;;
        --backend-kind) words='auto jaeger tempo zipkin file'; is_value=1 ;;
        --backend-header) is_value=1 ;;
        --tenant) is_value=1 ;;
        --backend-ca) files=1; is_value=1 ;;
        --backend-cert) files=1; is_value=1 ;;
        --backend-key) files=1; is_value=1 ;;
        --query-timeout) is_value=1 ;;
        --format) words='text json jsonl csv markdown ids'; is_value=1 ;;
        -o|--output) files=1; is_value=1 ;;
        --width) is_value=1 ;;
        --color) words='auto always never'; is_value=1 ;;
      esac
      if [[ -z $is_value ]]; then words='--last --since --until --service --operation --tag --errors --min-duration --max-duration --sort --require --follow --interval --for --backend --backend-kind --backend-header --tenant --backend-ca --backend-cert --backend-key --query-timeout --format -o --output --width --no-pager --color -q --quiet -v --verbose -h --help'; files=; fi ;;
    'show-trace')
      case $previous in
        --depth) is_value=1 ;;
        --max-spans) is_value=1 ;;
        --attribute) is_value=1 ;;
        --backend) words='URL FILE'; files=1; is_value=1 ;;
        --backend-kind) words='auto jaeger tempo zipkin file'; is_value=1 ;;
        --backend-header) is_value=1 ;;
        --tenant) is_value=1 ;;
        --backend-ca) files=1; is_value=1 ;;
        --backend-cert) files=1; is_value=1 ;;
        --backend-key) files=1; is_value=1 ;;
        --query-timeout) is_value=1 ;;
        --format) words='text json otlp-json jaeger-json zipkin-json csv markdown mermaid dot chrome-trace speedscope folded svg html'; is_value=1 ;;
        -o|--output) files=1; is_value=1 ;;
        --width) is_value=1 ;;
        --color) words='auto always never'; is_value=1 ;;
      esac
      if [[ -z $is_value ]]; then words='--depth --max-spans --all --errors --events --attribute --backend --backend-kind --backend-header --tenant --backend-ca --backend-cert --backend-key --query-timeout --format -o --output --width --no-pager --color -q --quiet -v --verbose -h --help'; files=; fi ;;
    'show-services')
      case $previous in
        --backend) words='URL FILE'; files=1; is_value=1 ;;
        --backend-kind) words='auto jaeger tempo zipkin file'; is_value=1 ;;
        --backend-header) is_value=1 ;;
        --tenant) is_value=1 ;;
        --backend-ca) files=1; is_value=1 ;;
        --backend-cert) files=1; is_value=1 ;;
        --backend-key) files=1; is_value=1 ;;
        --query-timeout) is_value=1 ;;
        --format) words='text json'; is_value=1 ;;
        -o|--output) files=1; is_value=1 ;;
        --color) words='auto always never'; is_value=1 ;;
      esac
      if [[ -z $is_value ]]; then words='--operations --backend --backend-kind --backend-header --tenant --backend-ca --backend-cert --backend-key --query-timeout --format -o --output --color -q --quiet -v --verbose -h --help'; files=; fi ;;
    'check-traces')
      case $previous in
        -f|--file) files=1; is_value=1 ;;
        --min-spans) is_value=1 ;;
        --services) is_value=1 ;;
        --max-duration) is_value=1 ;;
        --max-errors) is_value=1 ;;
        --from-trace) words='ID last'; is_value=1 ;;
        --trace-id) is_value=1 ;;
        --service) is_value=1 ;;
        --operation) is_value=1 ;;
        --tag) is_value=1 ;;
        --since) is_value=1 ;;
        --which) words='newest any all'; is_value=1 ;;
        --timeout) is_value=1 ;;
        --settle) is_value=1 ;;
        --backend) words='URL FILE'; files=1; is_value=1 ;;
        --backend-kind) words='auto jaeger tempo zipkin file'; is_value=1 ;;
        --backend-header) is_value=1 ;;
        --tenant) is_value=1 ;;
        --backend-ca) files=1; is_value=1 ;;
        --backend-cert) files=1; is_value=1 ;;
        --backend-key) files=1; is_value=1 ;;
        --query-timeout) is_value=1 ;;
        --format) words='text json junit github'; is_value=1 ;;
        -o|--output) files=1; is_value=1 ;;
        --report) files=1; is_value=1 ;;
        --width) is_value=1 ;;
        --color) words='auto always never'; is_value=1 ;;
      esac
      if [[ -z $is_value ]]; then words='-f --file --min-spans --services --max-duration --max-errors --allow-partial --update-golden --from-trace --trace-id --service --operation --tag --since --which --timeout --settle --backend --backend-kind --backend-header --tenant --backend-ca --backend-cert --backend-key --query-timeout --format -o --output --report --width --color -q --quiet -v --verbose -h --help'; files=; fi ;;
    'diff-traces')
      case $previous in
        --fail-on) is_value=1 ;;
        --backend) words='URL FILE'; files=1; is_value=1 ;;
        --backend-kind) words='auto jaeger tempo zipkin file'; is_value=1 ;;
        --backend-header) is_value=1 ;;
        --tenant) is_value=1 ;;
        --backend-ca) files=1; is_value=1 ;;
        --backend-cert) files=1; is_value=1 ;;
        --backend-key) files=1; is_value=1 ;;
        --query-timeout) is_value=1 ;;
        --format) words='text json markdown'; is_value=1 ;;
        -o|--output) files=1; is_value=1 ;;
        --width) is_value=1 ;;
        --color) words='auto always never'; is_value=1 ;;
      esac
      if [[ -z $is_value ]]; then words='--fail-on --backend --backend-kind --backend-header --tenant --backend-ca --backend-cert --backend-key --query-timeout --format -o --output --width --color -q --quiet -v --verbose -h --help'; files=; fi ;;
    'completion')
      case $previous in
        --color) words='auto always never'; is_value=1 ;;
      esac
      if [[ -z $is_value ]]; then words='--color -q --quiet -v --verbose -h --help bash zsh fish'; files=; fi ;;
    'version')
      case $previous in
        --format) words='text json'; is_value=1 ;;
        -o|--output) files=1; is_value=1 ;;
        --color) words='auto always never'; is_value=1 ;;
      esac
      if [[ -z $is_value ]]; then words='--format -o --output --color -q --quiet -v --verbose -h --help'; files=; fi ;;
    'help')
      case $previous in
        --color) words='auto always never'; is_value=1 ;;
      esac
      if [[ -z $is_value ]]; then words='--color -q --quiet -v --verbose -h --help config test-connection smoke send-spans send-metrics send-logs scenarios ledger exec serve show-traces show-trace show-services check-traces diff-traces completion version help'; files=; fi ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  if [[ -n $files && $current != -* ]]; then
    compopt -o filenames
    mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$current")
  fi
}
complete -F _otelctl otelctl
