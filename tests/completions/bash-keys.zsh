# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# What becomes of a line at a terminal when TAB is pressed in bash, which does some things itself:
# it splits words at ':' and '=', closes quotes, and adds spaces. See run.
source ${0:h}/terminal.zsh

for packages in without with; do
  setup="source $SCRIPT
bind -x '\"\C-x\C-p\": printf \"{{{%s}}}\n\" \"\$READLINE_LINE\"'"
  if [[ $packages == with ]]; then
    if [[ ! -r /usr/share/bash-completion/bash_completion ]]; then
      print 'SKIPPED in part: bash-completion is not installed'
      continue
    fi
    setup="source /usr/share/bash-completion/bash_completion
$setup"
  fi
  start 'bash --norc --noprofile -i' "$setup"
  becomes 'otelctl test-con' 'otelctl test-connection '
  becomes 'otelctl version --format=js' 'otelctl version --format=json '
  becomes 'otelctl send-spans --endpoint http://localhost:43' \
    'otelctl send-spans --endpoint http://localhost:431'
  becomes 'otelctl send-spans --endpoint=http://localhost:4317' \
    'otelctl send-spans --endpoint=http://localhost:4317 '
  becomes 'otelctl show-traces --service my' 'otelctl show-traces --service my\ shop '
  becomes 'otelctl show-traces --service "my' 'otelctl show-traces --service "my shop" '
  becomes 'otelctl show-traces --service=ns:c' 'otelctl show-traces --service=ns:cart '
  becomes 'otelctl show-traces --service \$' 'otelctl show-traces --service \$\(touch\ hacked\) '
  becomes "otelctl show-traces --service '\$" "otelctl show-traces --service '\$(touch hacked)' "
  becomes "otelctl show-traces --backend http://$QUERY --service ch" \
    "otelctl show-traces --backend http://$QUERY --service checkout "
  becomes 'otelctl config validate su' 'otelctl config validate sub\ folder/'
  becomes 'otelctl config validate sub\ folder/' 'otelctl config validate sub\ folder/deep.yml '
  becomes 'otelctl config validate no' 'otelctl config validate no'
  becomes 'otelctl diff-traces a b --fail-on slo' 'otelctl diff-traces a b --fail-on slower='
  becomes 'otelctl exec --name=x -- cat no' 'otelctl exec --name=x -- cat notes.txt '
  becomes 'otelctl exec otelct' 'otelctl exec otelctl '
  if [[ $packages == with ]]; then
    becomes 'otelctl exec otelctl vers' 'otelctl exec otelctl version '
  fi
  zpty -d terminal
done
exit $failed
