# fish completion for otelctl; written by 'otelctl completion fish'.
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
