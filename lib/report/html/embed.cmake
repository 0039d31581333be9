# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
# Makes page.cpp of page.html, page.css and page.js. The page's Content-Security-Policy names the
# hashes of the style and the script, so that nothing else can run in it, whatever a trace holds.

# The digits of a SHA-256 as base64, as policies want it.
function(otelctl_base64_of_sha256 hex variable)
  set(alphabet ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/)
  # 32 bytes and a zero byte, which comes out as the last letter and is no part of the hash.
  string(APPEND hex 00)
  set(text "")
  foreach(start RANGE 0 60 6)
    string(SUBSTRING ${hex} ${start} 6 group)
    foreach(shift IN ITEMS 18 12 6 0)
      math(EXPR place "(0x${group} >> ${shift}) & 63")
      string(SUBSTRING ${alphabet} ${place} 1 letter)
      string(APPEND text ${letter})
    endforeach()
  endforeach()
  string(SUBSTRING ${text} 0 43 text)
  set(${variable} ${text}= PARENT_SCOPE)
endfunction()

function(otelctl_embed_page folder output)
  foreach(part IN ITEMS css js)
    file(READ ${folder}/page.${part} page_${part})
    file(SHA256 ${folder}/page.${part} hash)
    otelctl_base64_of_sha256(${hash} page_${part}_hash)
  endforeach()
  configure_file(${folder}/page.html ${output}.html @ONLY NEWLINE_STYLE UNIX)
  file(READ ${output}.html page_html)
  configure_file(${folder}/page.cpp.in ${output} @ONLY NEWLINE_STYLE UNIX)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${folder}/page.css
                                         ${folder}/page.js)
endfunction()
