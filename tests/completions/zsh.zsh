# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# What becomes of a line at a terminal when TAB is pressed in zsh, and what is listed. See run.
source ${0:h}/terminal.zsh

# lists TYPED TEXT...: with TAB behind TYPED the terminal shows these texts.
lists() {
  press "$1"$'\t'
  for text in "${@[2,-1]}"; do
    [[ $seen == *"$text"* ]] || {
      failed=1
      print -r -- "FAILED: $1<TAB> does not show: $text"$'\n'"$seen"
    }
  done
}

# Once as the file of $fpath that it is, and once sourced.
mkdir functions
cp $SCRIPT functions/_otelctl
for way in loaded sourced; do
  if [[ $way == loaded ]]; then
    prepare="fpath=($PWD/functions \$fpath); autoload -Uz compinit; compinit -u -D"
  else
    prepare="autoload -Uz compinit; compinit -u -D; source $SCRIPT"
  fi
  start 'zsh -f -i' "stty cols 200 rows 100
$prepare
show() { zle -R; print -r -- \"{{{\$BUFFER}}}\" }; zle -N show; bindkey '^X^P' show
complete() { zle expand-or-complete; zle -R }; zle -N complete; bindkey '^I' complete"
  becomes 'otelctl test-con' 'otelctl test-connection '
  becomes 'otelctl version --format=js' 'otelctl version --format=json '
  becomes 'otelctl version --format js' 'otelctl version --format json '
  becomes 'otelctl send-spans --endpoint=http://localhost:4317' \
    'otelctl send-spans --endpoint=http://localhost:4317 '
  becomes 'otelctl config validate --ignore=OTC302,OTC301' \
    'otelctl config validate --ignore=OTC302,OTC301 '
  becomes 'otelctl show-traces --service my' 'otelctl show-traces --service my\ shop '
  becomes 'otelctl show-traces --service "my' 'otelctl show-traces --service "my shop" '
  becomes 'otelctl show-traces --service=ns' 'otelctl show-traces --service=ns:cart '
  becomes 'otelctl show-traces --service \$' 'otelctl show-traces --service \$\(touch\ hacked\) '
  becomes 'otelctl show-traces --service my\ shop --operation ' \
    'otelctl show-traces --service my\ shop --operation GET\ /a\ b '
  becomes "otelctl show-traces --backend http://$QUERY --service ch" \
    "otelctl show-traces --backend http://$QUERY --service checkout "
  becomes 'otelctl show-traces --backend http://127.0.0.1:1 --service ' \
    'otelctl show-traces --backend http://127.0.0.1:1 --service '
  becomes 'otelctl config validate ap' 'otelctl config validate app.yaml '
  becomes 'otelctl config validate no' 'otelctl config validate no'
  becomes 'otelctl config validate su' 'otelctl config validate sub\ folder/'
  becomes 'otelctl send-spans --env-file=pr' 'otelctl send-spans --env-file=prod.env '
  becomes 'otelctl send-spans --output=no' 'otelctl send-spans --output=notes.txt '
  becomes 'otelctl config validate app.yaml --section te' \
    'otelctl config validate app.yaml --section telemetry '
  becomes 'otelctl diff-traces a b --fail-on slo' 'otelctl diff-traces a b --fail-on slower='
  becomes 'otelctl exec --name x -- otelct' 'otelctl exec --name x -- otelctl '
  becomes 'otelctl exec otelctl vers' 'otelctl exec otelctl version '
  lists 'otelctl ' 'version' '-- Print the version'
  lists 'otelctl config explain OTC30' 'OTC301' '-- jaeger-agent-exporter'
  lists 'otelctl show-trace last' 'last~1' '-- ns:cart SELECT, 1 span'
  zpty -d terminal
done
exit $failed
