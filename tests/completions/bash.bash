# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# What bash is told, without a terminal: the function is called as bash calls it. See run.
source "$SCRIPT"
failed=0

# offers LINE REPLACED WORD...: with the cursor at the end of LINE, of which bash replaces REPLACED
# (it begins anew behind ':' and '='), the words offered are these.
offers() {
  COMP_LINE=$1 COMP_POINT=${#1}
  # The words as bash has them; quotes are not needed here.
  read -ra COMP_WORDS <<<"$1"
  [[ $1 != *' ' ]] || COMP_WORDS+=('')
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  _otelctl otelctl "$2" '' 2>errors
  local got expected
  got=$(printf '%s\n' "${COMPREPLY[@]}")
  expected=$(printf '%s\n' "${@:3}")
  [[ $got == "$expected" && ! -s errors ]] || {
    failed=1
    printf 'FAILED: %s\nexpected:\n%s\ngot:\n%s\n' "$1" "$expected" "$got"
    cat errors
  }
}

offers 'otelctl test-con' test-con test-connection
offers 'otelctl config s' s show schema
offers 'otelctl show-traces --serv' --serv --service
offers 'otelctl show-traces --last 3 --la' --la
offers 'otelctl show-traces --service a --service' --service --service
offers 'otelctl version --format ' '' text json
offers 'otelctl version --format=j' j json
offers 'otelctl send-spans --endpoint http' http http://localhost:4317 http://localhost:4318
offers 'otelctl send-spans --endpoint http://l' //l //localhost:4317 //localhost:4318
offers 'otelctl send-spans --endpoint=http://localhost:4317' 4317 4317
offers 'otelctl config explain OTC301' OTC301 OTC301
offers 'otelctl config validate --ignore OTC301,OTC302' OTC301,OTC302 OTC301,OTC302
offers 'otelctl help config ex' ex explain
offers 'otelctl docs ' ''
offers 'otelctl nonsense ' ''

# From the backend, so that bash reads what it said: OTELCTL_BACKEND, or what the line says.
offers 'otelctl show-traces --service ' '' '\$\(touch\ hacked\)' checkout my\\\ shop ns:cart
offers 'otelctl show-traces --service my\ s' 'my\ s' 'my\ shop'
offers 'otelctl show-traces --service "my s' 'my s' 'my shop'
offers "otelctl show-traces --service '\$(t" '$(t' '$(touch hacked)'
offers 'otelctl show-traces --service ns:c' c cart
offers 'otelctl show-traces --service "my shop" --operation ' '' 'GET\ /a\ b'
offers 'otelctl show-trace la' la last last~1
offers 'otelctl show-trace last~3' last~3 last~3
offers 'otelctl show-traces --backend http://127.0.0.1:1 --service ' ''
offers 'otelctl show-traces --backend - --service ' ''
unset OTELCTL_BACKEND
offers "otelctl show-traces --backend=http://$QUERY --service ch" ch checkout
export URL=http://$QUERY
offers 'otelctl show-traces --backend "$URL" --service ch' ch checkout
offers 'otelctl show-traces --backend "$(touch hacked)$URL" --service ch' ch

offers 'otelctl config validate ' '' app.yaml prod.env 'sub folder'
offers 'otelctl config validate sub\ folder/' 'sub\ folder/' 'sub folder/deep.yml'
offers 'otelctl config validate app.yaml --section ' '' telemetry other
offers 'otelctl send-spans --env-file=p' p prod.env
offers 'otelctl send-spans -o no' no notes.txt
offers 'otelctl version >no' no notes.txt

# Another program's command line, with bash-completion and without it.
offers 'otelctl exec --na' --na --name
offers 'otelctl exec --name x -- otelct' otelct otelctl
offers 'otelctl exec cat no' no notes.txt
_command_offset() { COMPREPLY=("offset $1 of ${#COMP_WORDS[@]}"); }
offers 'otelctl exec --name x -- make --fi' --fi 'offset 5 of 7'
offers 'otelctl exec make ' '' 'offset 2 of 4'
exit "$failed"
