# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# Types into a shell at a terminal of its own. Read by tests; see run.
zmodload zsh/zpty
failed=0

# A shell that shows its line between {{{ and }}} when it gets ^X^P. $1 is its command, $2 what it
# is to be told first, in a file so that its echo is not taken for an answer.
start() {
  print -r -- "$2" >../setup
  zpty terminal "$1"
  zpty -w terminal "source ../setup"
  zpty -w terminal "printf '%s%s\\n' REA DY"
  zpty -r terminal seen '*READY*'
}

# press KEYS: sets seen to what the terminal showed since, line to what the line is now.
press() {
  zpty -w -n terminal "$1"$'\x18\x10'
  zpty -r terminal seen '*{{{*}}}*'
  line=${${seen##*\{\{\{}%%\}\}\}*}
  zpty -w -n terminal $'\x15'
}

# becomes TYPED LINE: with TAB behind TYPED the line is LINE.
becomes() {
  press "$1"$'\t'
  [[ $line == "$2" ]] || {
    failed=1
    print -r -- "FAILED: $1<TAB>"
    print -r -- "expected: $2" $'\n'"got:      $line"
  }
}
