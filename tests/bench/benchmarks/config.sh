# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # variables are the kit's
# config validate of an application's file and of a section, each of 10,000 lines, against PyYAML's C
# loader; of 1,000 files against `cat`; of a Collector's file against `otelcol validate`.

# A section among other settings, and one that is nothing but attributes, each with a comment.
{
  sed 's/#.*//' "$root/tests/data/config/agentmap.yaml"
  echo 'workers:'
  seq 2490 | sed 's/.*/  worker_&:\n    queue: "jobs-&"\n    retries: 3\n    enabled: true/'
} >"$folder/application.yaml"
{
  printf 'telemetry:\n  service_name: shop\n  resource_attributes:\n'
  seq 9997 | sed 's/.*/    app.part&.key: value &  # note &/'
} >"$folder/section.yaml"

# PyYAML with libyaml: that of the peer tests if it is prepared, else the machine's.
printf 'import sys, yaml\nyaml.load(open(sys.argv[1]).read(), Loader=yaml.CSafeLoader)\n' >"$folder/load.py"
python=python3
venv=$("$root/tests/peers/prepare" --where pydantic 2>/dev/null) && python=$venv/venv/bin/python
if version=$("$python" -c 'import yaml; yaml.CSafeLoader; print(yaml.__version__)' 2>/dev/null); then
  version_of PyYAML "$version, $("$python" --version)"
else
  python='' why="no Python with PyYAML and libyaml (tests/peers/prepare pydantic)"
  version_of PyYAML "missing: $why"
fi
# With status 1: the application's section is that of scripts/bench start.
for file in "application 1" "section 0"; do
  status=${file#* } file=$folder/${file% *}.yaml
  pair "$(less 20 5)" "config validate, $(basename "$file" .yaml) of 10,000 lines" \
    "$otelctl config validate $file" "PyYAML's C loader" "${python:+$python $folder/load.py $file}" \
    "status=$status"
done

mkdir "$folder/many"
for number in $(seq 1000); do
  cp "$root/tests/data/config/agentmap.yaml" "$folder/many/$number.yaml"
done
pair "$(less 10 3)" "config validate, 1,000 files" \
  "$otelctl config validate $(echo "$folder"/many/*.yaml)" "cat" "cat $(echo "$folder"/many/*.yaml)" \
  status=1

file=$root/tests/bench/collector-nop.yaml
export PEER_GRPC_PORT=4317
find_peer collector || true
pair "$(less 20 5)" "config validate --kind collector" \
  "$otelctl config validate --kind collector $file" "otelcol validate" \
  "${program:+$program validate --config $file}"
