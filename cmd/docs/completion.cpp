// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/docs/completion.hpp"

namespace otelctl {

std::string_view bash_completion() {
  return R"script(# bash completion for otelctl; written by 'otelctl completion bash'.
# otelctl itself knows what may stand under the cursor: it is asked for it.

_otelctl() {
  local program=${1/#\~\//$HOME/} directives='' value=''
  COMPREPLY=()
  type -P -- "$program" >/dev/null || program=otelctl
  {
    IFS= read -r directives
    while IFS= read -r value; do
      COMPREPLY+=("$value")
    done
  } < <("$program" complete --shell bash -- "$2" "${COMP_LINE:0:COMP_POINT}" </dev/null 2>/dev/null)
  case " $directives " in
    *' program='*) _otelctl_program "${directives##*program=}" "$2" ;;
    *' files '*) compopt -o filenames 2>/dev/null ;;
    *' nospace '*) compopt -o nospace 2>/dev/null ;;
  esac
  compopt -o nosort 2>/dev/null
}

# The command line of another program begins at byte $1 of this one: its own completion takes over,
# if bash-completion is there; $2 is the word under the cursor.
_otelctl_program() {
  local index=0 value=''
  _otelctl_word_at "$1"
  if declare -F _comp_command_offset >/dev/null; then
    _comp_command_offset "$index"
  elif declare -F _command_offset >/dev/null; then
    _command_offset "$index"
  elif ((index < COMP_CWORD)); then
    compopt -o filenames 2>/dev/null
    while IFS= read -r value; do
      COMPREPLY+=("$value")
    done < <(compgen -f -- "$2")
  else
    while IFS= read -r value; do
      COMPREPLY+=("$value")
    done < <(compgen -c -- "$2")
  fi
}

# Sets index to that of the word in COMP_WORDS that begins at byte $1, or holds it.
_otelctl_word_at() {
  local LC_ALL=C at=0 rest='' before=''
  for ((index = 0; index < COMP_CWORD; index++)); do
    rest=${COMP_LINE:at}
    before=${rest%%"${COMP_WORDS[index]}"*}
    ((at += ${#before} + ${#COMP_WORDS[index]}))
    ((at <= $1)) || break
  done
}

complete -F _otelctl otelctl
)script";
}

std::string_view zsh_completion() {
  return R"script(#compdef otelctl
# zsh completion for otelctl; written by 'otelctl completion zsh'.
# otelctl itself knows what may stand under the cursor: it is asked for it.

_otelctl() {
  local program=${${(Q)words[1]}/#\~\//$HOME/} directive line value fixed
  local -a before answer described unfinished files expl
  local -i wants_files=0 result=1
  whence -p -- "$program" >/dev/null || program=otelctl
  (( CURRENT > 2 )) && before=("${(@Q)words[2,CURRENT-1]}")
  answer=("${(@f)$("$program" complete --shell zsh -- "${before[@]}" "${(Q)PREFIX}" </dev/null 2>/dev/null)}")

  for directive in ${=answer[1]}; do
    case $directive in
      program=*)
        shift $(( ${directive#*=} + 1 )) words
        (( CURRENT -= ${directive#*=} + 1 ))
        _normal
        return ;;
      files) wants_files=1 ;;
      files=*) files=(-/ -g "(${directive#*=})(-.)") ;;
    esac
  done
  fixed=${answer[2]#fixed=}
  [[ -z $fixed ]] || compset -P "${(b)fixed}"
  for line in "${(@)answer[3,-1]}"; do
    value=${line%%$'\t'*}
    value=${value//\\/\\\\}
    value=${value//:/\\:}:${line#*$'\t'}
    # What ends in '=' is to go on, without a space.
    if [[ $line == *=$'\t'* ]]; then
      unfinished+=("$value")
    else
      described+=("$value")
    fi
  done
  (( $#described )) && _describe -V -t values value described && result=0
  (( $#unfinished )) && _describe -V -t values value unfinished -S '' && result=0
  (( wants_files )) && _files && result=0
  # Where no file fits, _files would offer the others.
  (( $#files )) && _wanted files expl file _path_files "${files[@]}" && result=0
  return result
}

# Loaded from $fpath this is the function's own text; sourced it is not.
if [[ ${funcstack[1]-} == _otelctl ]]; then
  _otelctl "$@"
else
  compdef _otelctl otelctl
fi
)script";
}

std::string_view fish_completion() {
  return R"script(# fish completion for otelctl; written by 'otelctl completion fish'.
# otelctl itself knows what may stand under the cursor: it is asked for it.

function __otelctl_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program (string replace -r '^~/' -- "$HOME/" $words[1])
    command -q -- $program
    or set program otelctl
    set -l answer ($program complete --shell fish -- $words[2..-1] "$current" </dev/null 2>/dev/null)
    or return
    if string match -qr '^program=' -- "$answer[1]"
        # The command line of another program begins at that word: its own completion takes over.
        set -l begin (math 2 + (string replace program= '' -- $answer[1]))
        complete -C (string join ' ' -- (string escape -- $words[$begin..-1]) "$current")
        return
    end
    test (count $answer) -gt 1
    and printf '%s\n' $answer[2..-1]
end

complete -c otelctl -f -k -a '(__otelctl_complete)'
)script";
}

}  // namespace otelctl
