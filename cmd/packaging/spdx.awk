# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# Writes the document of `linked-libraries spdx`. Each line read is how, package, version, file, licence;
# those of a package and how stand together.

function quoted(text) {
  gsub(/\\/, "\\\\", text)
  gsub(/"/, "\\\"", text)
  return "\"" text "\""
}

function member(name, value) { return "      " quoted(name) ": " quoted(value) ",\n" }

function reference(name) {
  gsub(/[^A-Za-z0-9.-]/, "-", name)
  return "SPDXRef-" name
}

# The namespace of a document is its own: a UUID (version 8) of the binary's sum.
function namespace(  variant) {
  variant = substr("89ab", index("0123456789abcdef", substr(sum, 17, 1)) % 4 + 1, 1)
  return "urn:uuid:" substr(sum, 1, 8) "-" substr(sum, 9, 4) "-8" substr(sum, 14, 3) "-" \
    variant substr(sum, 18, 3) "-" substr(sum, 21, 12)
}

# A package may be there twice, e.g. as an archive and as what is loaded.
{
  id = $2 SUBSEP $1
  if (!(id in files)) { order[++count] = id; name[id] = $2; how[id] = $1; version[id] = $3; licence[id] = $5 }
  files[id] = files[id] (files[id] == "" ? "" : ", ") $4
}

function write_package(id,  purl) {
  printf "    {\n"
  printf "%s", member("name", name[id]) member("SPDXID", reference(name[id] "-" how[id]))
  if (version[id] != "NOASSERTION") {
    purl = version[id]
    gsub(/\+/, "%2B", purl)
    gsub(/:/, "%3A", purl)
    gsub(/~/, "%7E", purl)
    purl = "pkg:deb/" vendor "/" name[id] "@" purl "?arch=" architecture "&distro=" distribution
    printf "%s", member("versionInfo", version[id])
    printf "      \"externalRefs\": [{\"referenceCategory\": \"PACKAGE-MANAGER\", \"referenceType\": \"purl\", " \
      "\"referenceLocator\": %s}],\n", quoted(purl)
  }
  printf "%s", member("comment", how[id] ": " files[id])
  printf "%s", member("downloadLocation", "NOASSERTION") member("licenseConcluded", "NOASSERTION")
  printf "%s", member("licenseDeclared", licence[id]) member("copyrightText", "NOASSERTION")
  printf "      \"filesAnalyzed\": false\n    }"
}

function relationship(from, type, to) {
  return "    {\"spdxElementId\": " quoted(from) ", \"relationshipType\": " quoted(type) \
    ", \"relatedSpdxElement\": " quoted(to) "}"
}

END {
  printf "{\n  \"spdxVersion\": \"SPDX-2.3\",\n  \"dataLicense\": \"CC0-1.0\",\n"
  printf "  \"SPDXID\": \"SPDXRef-DOCUMENT\",\n  \"name\": %s,\n", quoted("otelctl-" release)
  printf "  \"documentNamespace\": %s,\n", quoted(namespace())
  printf "  \"creationInfo\": {\"created\": %s, \"creators\": [\"Organization: The otelctl authors\"]},\n", quoted(created)
  printf "  \"packages\": [\n    {\n"
  printf "%s", member("name", "otelctl") member("SPDXID", "SPDXRef-otelctl") member("versionInfo", release)
  if (commit != "") printf "%s", member("sourceInfo", "built from commit " commit)
  printf "%s", member("primaryPackagePurpose", "APPLICATION") member("downloadLocation", "NOASSERTION")
  printf "      \"checksums\": [{\"algorithm\": \"SHA256\", \"checksumValue\": %s}],\n", quoted(sum)
  printf "%s", member("comment", "The sum is that of the program bin/otelctl.")
  printf "%s", member("licenseConcluded", "NOASSERTION") member("licenseDeclared", "Apache-2.0")
  printf "%s", member("copyrightText", "The otelctl authors")
  printf "      \"filesAnalyzed\": false\n    }"
  for (i = 1; i <= count; ++i) { printf ",\n"; write_package(order[i]) }
  printf "\n  ],\n  \"relationships\": [\n"
  printf "%s", relationship("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-otelctl")
  for (i = 1; i <= count; ++i) {
    id = order[i]
    to = reference(name[id] "-" how[id])
    if (how[id] == "loaded") printf ",\n%s", relationship(to, "RUNTIME_DEPENDENCY_OF", "SPDXRef-otelctl")
    else printf ",\n%s", relationship("SPDXRef-otelctl", how[id] == "static" ? "STATIC_LINK" : "DYNAMIC_LINK", to)
  }
  printf "\n  ]\n}\n"
}
