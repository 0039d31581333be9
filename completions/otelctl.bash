# bash completion for otelctl; written by 'otelctl completion bash'.
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
