# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# What fish offers, asked with `complete -C`. See run.
source $SCRIPT
set -g failed 0

# offers LINE ENTRY...: the entries are these, in this order, with descriptions behind a TAB.
function offers
    set -l got (complete -C $argv[1] 2>errors | string collect)
    set -l expected (string join \n -- $argv[2..-1] | string collect)
    if test "$got" != "$expected"; or test -s errors
        set failed 1
        printf 'FAILED: %s\nexpected:\n%s\ngot:\n%s\n' $argv[1] "$expected" "$got"
        cat errors
    end
end

# has LINE ENTRY: one of them is this.
function has
    if not contains -- $argv[2] (complete -C $argv[1])
        set failed 1
        printf 'FAILED: %s\nno %s in:\n' $argv[1] $argv[2]
        complete -C $argv[1]
    end
end

# lacks LINE VALUE: none of them has this value.
function lacks
    if complete -C $argv[1] | string match -qr -- '^'(string escape --style=regex -- $argv[2])'(\t|$)'
        set failed 1
        printf 'FAILED: %s\noffers %s\n' $argv
    end
end

offers 'otelctl test-con' test-connection\t'Find out whether telemetry arrives, and if not, why'
has 'otelctl ' version\t'Print the version'
offers 'otelctl config sh' show\t'Show what takes effect and where it comes from'
offers 'otelctl show-traces --serv' --service\t'Traces in which this service takes part; repeatable: any of them'
lacks 'otelctl show-traces --last 3 --la' --last
offers 'otelctl version --format ' text json
offers 'otelctl version --format=j' --format=json
offers 'otelctl config explain OTC301' OTC301\tjaeger-agent-exporter
offers 'otelctl config validate --ignore OTC302,OTC301' OTC302,OTC301\tjaeger-agent-exporter
offers 'otelctl docs '

offers 'otelctl show-traces --service ' '$(touch hacked)' checkout 'my shop' ns:cart
offers 'otelctl show-traces --service=my' '--service=my shop'
offers 'otelctl show-traces --service my\ s' 'my shop'
offers 'otelctl show-traces --service "my s' 'my shop'
offers 'otelctl show-traces --service "my shop" --operation ' 'GET /a b'
offers 'otelctl show-traces --backend http://127.0.0.1:1 --service '
set -e OTELCTL_BACKEND
offers "otelctl show-traces --backend http://$QUERY --service ch" checkout
set -gx OTELCTL_BACKEND http://$QUERY
set -l last (complete -C 'otelctl show-trace last')
if not string match -q -- last\t'$(touch hacked) `touch hacked`*1 span*' "$last[1]"
    set failed 1
    printf 'FAILED: show-trace last:\n%s\n' $last
end

offers 'otelctl config validate ' app.yaml prod.env 'sub folder/'
offers 'otelctl config validate sub\ folder/' 'sub folder/deep.yml'
offers 'otelctl config validate app.yaml --section ' telemetry\t'of app.yaml' other\t'of app.yaml'
offers 'otelctl send-spans --env-file=p' --env-file=prod.env

# Another program's command line.
function greet; end
complete -c greet -f -a 'hello\tfriendly'
offers 'otelctl exec --name x -- greet he' hello\tfriendly
has 'otelctl exec gree' greet
exit $failed
