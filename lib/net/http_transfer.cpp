// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/http_transfer.hpp"

#include <algorithm>
#include <limits>
#include <new>
#include <utility>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "net/http_error.hpp"
#include "net/socket.hpp"

namespace otelctl::net {
namespace {

// Usual requests of load leave in one write with it; libcurl's own is 64 KiB.
constexpr long k_upload_buffer = 256L * 1024;

// libcurl counts in milliseconds and takes 0 as "no limit".
long whole_milliseconds(nanoseconds time) {
  const auto count = std::chrono::ceil<std::chrono::milliseconds>(time).count();
  return static_cast<long>(
      std::clamp<std::int64_t>(count, 1, std::numeric_limits<std::int32_t>::max()));
}

void append(CurlList& list, const std::string& line) {
  // curl_slist_append returns the same head unless the list was empty; nullptr is out of memory.
  curl_slist* head = curl().slist_append(list.get(), line.c_str());
  if (head == nullptr) {
    throw std::bad_alloc();
  }
  static_cast<void>(list.release());
  list.reset(head);
}

bool is_legal_header(const Header& header) {
  const auto illegal = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
  return !header.name.empty() && std::none_of(header.name.begin(), header.name.end(), [&](char c) {
    return illegal(c) || c == ':' || c == ' ';
  }) && std::none_of(header.value.begin(), header.value.end(), illegal);
}

}  // namespace

Result<CheckedRequest> check_request(const HttpRequest& request) {
  auto url = parse_url(request.url);
  if (!url) {
    return fail(std::move(url).error());
  }
  CurlList headers;
  for (const Header& header : request.headers) {
    if (!is_legal_header(header)) {
      return fail(ErrorKind::settings,
                  "header '" + escape_for_terminal(header.name) + "' is not legal in HTTP",
                  "names are tokens and values hold no line ends");
    }
    // "Name;" is libcurl's way to send a header without a value.
    append(headers, header.value.empty() ? header.name + ";" : header.name + ": " + header.value);
  }
  // Otherwise a body over 1 MiB waits a second for "100 Continue", which few servers send.
  append(headers, "Expect:");
  auto next_hop = request.proxy.empty() ? url : parse_url(request.proxy);
  if (!next_hop) {
    return fail(std::move(next_hop).error());
  }
  return CheckedRequest{request, std::move(*url), std::move(*next_hop), std::move(headers)};
}

Result<void> AddressPin::find(const Url& next_hop, const Deadline& deadline) {
  const std::string place = next_hop.host_and_port();
  if (is_ip_address(next_hop.host) || (m_address && place == m_place)) {
    return {};
  }
  auto chosen =
      choose_address(next_hop.host, next_hop.port_or_default(), std::nullopt, deadline.left());
  if (!chosen) {
    return fail(std::move(chosen).error());
  }
  if (chosen->scope != 0) {
    return {};  // an address of one link; libcurl's notation for it has no room for the link
  }
  m_place = place;
  m_address = *chosen;
  CurlList list;
  append(list, place + ":" + (chosen->is_v6 ? "[" + chosen->host() + "]" : chosen->host()));
  m_list = std::shared_ptr<curl_slist>(list.release(), CurlListDeleter());
  return {};
}

HttpTransfer::HttpTransfer() : m_handle(curl().easy_init()) {
  if (m_handle == nullptr) {
    throw std::bad_alloc();
  }
}

void HttpTransfer::set_up(const CheckedRequest& checked) {
  m_checked = &checked;
  m_pins.reset();
  curl().easy_reset(m_handle.get());
  set(CURLOPT_NOSIGNAL, 1L);
  set_request();
  set_receiver();
  set_tls(checked.request.tls);
}

void HttpTransfer::begin(std::string_view body, const Deadline& deadline, const AddressPin& pin,
                         const HttpClient::BodyReceiver* on_body) {
  m_receiver = {};
  m_receiver.on_body = on_body;
  m_receiver.max_body = m_checked->request.max_response_bytes;
  m_error_text.fill('\0');
  m_failed_for_good = false;
  if (m_checked->request.method == "POST") {
    m_body_left = body;
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  }
  if (pin.list() != m_pins) {
    m_pins = pin.list();
    set(CURLOPT_RESOLVE, m_pins.get());
  }
  const long limit = whole_milliseconds(deadline.left());
  set(CURLOPT_TIMEOUT_MS, limit);
  set(CURLOPT_CONNECTTIMEOUT_MS, limit);
}

Result<HttpResponse> HttpTransfer::end(CURLcode code, nanoseconds timeout) {
  m_failed_for_good = code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CONNECT_ERROR;
  if (m_receiver.thrown) {
    std::rethrow_exception(m_receiver.thrown);
  }
  if (code != CURLE_OK && !m_receiver.stopped) {
    return fail(explain(code, timeout));
  }
  return std::move(m_receiver.response);
}

std::size_t HttpTransfer::send_body(char* buffer, std::size_t size, std::size_t count,
                                    void* user) noexcept {
  std::string_view& left = static_cast<HttpTransfer*>(user)->m_body_left;
  const std::size_t part = left.copy(buffer, size * count);
  left.remove_prefix(part);
  return part;
}

// libcurl sends a request again by itself when a connection that was kept ends without an answer,
// unless it cannot have the body again: the server may have taken what it got.
int HttpTransfer::refuse_to_rewind(void* /*user*/, curl_off_t /*offset*/, int /*origin*/) noexcept {
  return CURL_SEEKFUNC_FAIL;
}

void HttpTransfer::set_request() {
  const HttpRequest& request = m_checked->request;
  set(CURLOPT_URL, request.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_HTTPHEADER, m_checked->headers.get());
  // A proxy must not see what is meant for the server.
  set(CURLOPT_HEADEROPT, long{CURLHEADER_SEPARATE});
  set(CURLOPT_ACCEPT_ENCODING, "gzip");
  // The proxy is decided before (net/proxy.hpp); "" keeps libcurl from reading the environment.
  set(CURLOPT_PROXY, request.proxy.c_str());
  set(CURLOPT_NOPROXY, "");
  // Dots in a path are the user's; "as it is" means so.
  set(CURLOPT_PATH_AS_IS, 1L);
  if (request.method == "POST") {
    set(CURLOPT_POST, 1L);
    set(CURLOPT_UPLOAD_BUFFERSIZE, k_upload_buffer);
    set(CURLOPT_READFUNCTION, &send_body);
    set(CURLOPT_READDATA, this);
    set(CURLOPT_SEEKFUNCTION, &refuse_to_rewind);
  } else if (request.method != "GET") {
    set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }
}

void HttpTransfer::set_receiver() {
  set(CURLOPT_ERRORBUFFER, m_error_text.data());
  set(CURLOPT_HEADERFUNCTION, &receive_header);
  set(CURLOPT_HEADERDATA, &m_receiver);
  set(CURLOPT_WRITEFUNCTION, &receive_body);
  set(CURLOPT_WRITEDATA, &m_receiver);
}

void HttpTransfer::set_tls(const TlsFiles& tls) {
  const std::string roots = tls.ca_file.empty() ? system_ca_file() : tls.ca_file;
  if (!roots.empty()) {
    set(CURLOPT_CAINFO, roots.c_str());
  }
  if (!tls.ca_file.empty()) {
    // The system's folder of roots would be trusted beside the one that was given.
    set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  }
  if (!tls.cert_file.empty()) {
    set(CURLOPT_SSLCERT, tls.cert_file.c_str());
  }
  if (!tls.key_file.empty()) {
    set(CURLOPT_SSLKEY, tls.key_file.c_str());
  }
  if (tls.skip_verify) {
    set(CURLOPT_SSL_VERIFYPEER, 0L);
    set(CURLOPT_SSL_VERIFYHOST, 0L);
  }
}

bool HttpTransfer::reached(CURLINFO time) const {
  curl_off_t microseconds = 0;
  return curl().easy_getinfo(m_handle.get(), time, &microseconds) == CURLE_OK && microseconds > 0;
}

Error HttpTransfer::explain(CURLcode code, nanoseconds timeout) const {
  const Url& url = m_checked->url;
  const std::string check_server = "check which server listens on " + url.host_and_port();
  if (m_receiver.headers_endless) {
    return {ErrorKind::unreachable, "the answer's headers never end", check_server};
  }
  if (m_receiver.headers_too_large) {
    return {ErrorKind::not_understood, "the answer's headers are larger than 64KiB", check_server};
  }
  if (m_receiver.body_too_large) {
    return {ErrorKind::not_understood,
            "the answer is larger than " + format_size(m_receiver.max_body), check_server};
  }
  HttpFailure failure;
  failure.code = code;
  long os_error = 0;
  curl().easy_getinfo(m_handle.get(), CURLINFO_OS_ERRNO, &os_error);
  failure.os_error = static_cast<int>(os_error);
  curl().easy_getinfo(m_handle.get(), CURLINFO_SSL_VERIFYRESULT, &failure.verify_result);
  // The buffer stays empty for some codes (27, 52).
  failure.text = m_error_text.front() != '\0' ? m_error_text.data() : curl().easy_strerror(code);
  failure.host = url.host;
  failure.host_and_port = url.host_and_port();
  if (!m_checked->request.proxy.empty()) {
    failure.proxy = m_checked->next_hop.host_and_port();
  }
  failure.tls = url.is_tls();
  // Of a connection that was kept libcurl tells only this.
  const bool has_begun = reached(CURLINFO_PRETRANSFER_TIME_T);
  failure.connected = has_begun || reached(CURLINFO_CONNECT_TIME_T);
  failure.encrypted = has_begun || reached(CURLINFO_APPCONNECT_TIME_T);
  failure.answer_began = m_receiver.header_bytes > 0;
  failure.timeout = timeout;
  return explain_http_failure(failure);
}

}  // namespace otelctl::net
