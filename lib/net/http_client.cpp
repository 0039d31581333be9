// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/http_client.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <limits>
#include <utility>

#include <curl/curl.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "net/curl_library.hpp"
#include "net/deadline.hpp"
#include "net/http_error.hpp"
#include "net/socket.hpp"
#include "net/url.hpp"

namespace otelctl::net {
namespace {

// libcurl itself only stops at 300 kB a header line.
constexpr std::size_t k_max_header_bytes = std::size_t{64} * 1024;
// So far headers that are too large are read on and dropped, to tell those that end from those that
// never would; libcurl gives up at 300 kB.
constexpr std::size_t k_endless_header_bytes = std::size_t{256} * 1024;
// What is kept of an error's body while a good one would be streamed.
constexpr std::uint64_t k_max_error_body = std::uint64_t{64} * 1024;

struct ListDeleter {
  void operator()(curl_slist* list) const { curl().slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, ListDeleter>;

struct HandleDeleter {
  void operator()(CURL* handle) const { curl().easy_cleanup(handle); }
};

// libcurl counts in milliseconds and takes 0 as "no limit".
long whole_milliseconds(nanoseconds time) {
  const auto count = std::chrono::ceil<std::chrono::milliseconds>(time).count();
  return static_cast<long>(
      std::clamp<std::int64_t>(count, 1, std::numeric_limits<std::int32_t>::max()));
}

void append(List& list, const std::string& line) {
  // curl_slist_append returns the same head unless the list was empty; nullptr is out of memory.
  curl_slist* head = curl().slist_append(list.get(), line.c_str());
  if (head == nullptr) {
    throw std::bad_alloc();
  }
  static_cast<void>(list.release());
  list.reset(head);
}

// What the callbacks fill while libcurl is at work. No exception may pass through libcurl, so they
// are kept for afterwards.
struct Transfer {
  HttpResponse response;
  const HttpClient::BodyReceiver* on_body = nullptr;
  std::uint64_t max_body = 0;
  std::uint64_t body_bytes = 0;
  std::size_t header_bytes = 0;
  bool headers_too_large = false;
  bool headers_endless = false;
  bool body_too_large = false;
  bool stopped = false;
  std::exception_ptr thrown;

  bool take_header(std::string_view line) {
    header_bytes += line.size();
    headers_too_large = header_bytes > k_max_header_bytes;
    headers_endless = header_bytes > k_endless_header_bytes;
    // Each answer begins with a status line: also an interim 100 and a proxy's 200 to CONNECT.
    if (line.starts_with("HTTP/")) {
      response.headers.clear();
      const auto space = line.find(' ');
      response.status =
          space == std::string_view::npos ? 0 : std::atoi(std::string(line.substr(space)).c_str());
      return !headers_endless;
    }
    if (headers_too_large) {
      // The empty line ends the head, unless it is that of an interim answer.
      const bool is_end = trim(line).empty() && response.status / 100 != 1;
      return !headers_endless && !is_end;
    }
    const auto colon = line.find(':');
    if (colon != std::string_view::npos) {
      response.headers.push_back(
          {std::string(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1)))});
    }
    return true;
  }

  bool take_body(std::string_view part) {
    const bool streamed = on_body != nullptr && response.is_success();
    const auto limit = on_body != nullptr && !streamed ? k_max_error_body : max_body;
    if (part.size() > limit - body_bytes) {
      // Of an error's body the beginning is enough.
      body_too_large = streamed || on_body == nullptr;
      stopped = !body_too_large;
      return false;
    }
    body_bytes += part.size();
    if (!streamed) {
      response.body.append(part);
      return true;
    }
    stopped = !(*on_body)(part);
    return !stopped;
  }
};

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* user) noexcept {
  auto& transfer = *static_cast<Transfer*>(user);
  try {
    return transfer.take_header({data, size * count}) ? size * count : 0;
  } catch (...) {
    transfer.thrown = std::current_exception();
    return 0;
  }
}

std::size_t on_body_part(char* data, std::size_t size, std::size_t count, void* user) noexcept {
  auto& transfer = *static_cast<Transfer*>(user);
  try {
    // Returning another number than was given ends the transfer; an empty part must not.
    return transfer.take_body({data, size * count}) ? size * count : size * count + 1;
  } catch (...) {
    transfer.thrown = std::current_exception();
    return size * count + 1;
  }
}

bool is_legal_header(const Header& header) {
  const auto illegal = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
  return !header.name.empty() && std::none_of(header.name.begin(), header.name.end(), [&](char c) {
    return illegal(c) || c == ':' || c == ' ';
  }) && std::none_of(header.value.begin(), header.value.end(), illegal);
}

}  // namespace

std::optional<std::string_view> HttpResponse::header(std::string_view name) const {
  const auto found = std::find_if(headers.begin(), headers.end(), [&](const Header& header) {
    return equals_ignoring_case(header.name, name);
  });
  if (found == headers.end()) {
    return std::nullopt;
  }
  return found->value;
}

std::string HttpResponse::content_type() const {
  const auto value = header("content-type").value_or("");
  return to_lower(trim(value.substr(0, value.find(';'))));
}

class HttpClient::Impl {
 public:
  Impl() {
    m_handle.reset(curl().easy_init());
    if (m_handle == nullptr) {
      throw std::bad_alloc();
    }
  }

  Result<HttpResponse> perform(const HttpRequest& request, const BodyReceiver* on_body) {
    m_failed_for_good = false;
    auto url = parse_url(request.url);
    if (!url) {
      return fail(url.error());
    }
    List headers;
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

    const Deadline deadline(request.timeout);
    if (auto pinned = pin_address(request, *url, deadline); !pinned) {
      return fail(pinned.error());
    }
    Transfer transfer;
    transfer.on_body = on_body;
    transfer.max_body = request.max_response_bytes;
    m_error_text.fill('\0');
    curl().easy_reset(m_handle.get());
    set_request(request, headers.get());
    set_limits(deadline, transfer);
    set_tls(request.tls);
    const CURLcode code = curl().easy_perform(m_handle.get());
    m_failed_for_good = code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CONNECT_ERROR;
    if (transfer.thrown) {
      std::rethrow_exception(transfer.thrown);
    }
    if (code != CURLE_OK && !transfer.stopped) {
      m_address.reset();
      return fail(explain(code, transfer, request, *url));
    }
    return std::move(transfer.response);
  }

  bool failed_for_good() const { return m_failed_for_good; }

 private:
  template <typename Value>
  void set(CURLoption option, Value value) {
    curl().easy_setopt(m_handle.get(), option, value);
  }

  // libcurl spends half of the timeout on a dead address before it tries the next of the family, so
  // it is given the one that answers. That holds until a request fails.
  Result<void> pin_address(const HttpRequest& request, const Url& url, const Deadline& deadline) {
    const auto proxy = request.proxy.empty() ? Result<Url>(url) : parse_url(request.proxy);
    if (!proxy) {
      return fail(proxy.error());
    }
    const std::string place = proxy->host_and_port();
    if (is_ip_address(proxy->host) || (m_address && place == m_place)) {
      return {};
    }
    auto chosen =
        choose_address(proxy->host, proxy->port_or_default(), std::nullopt, deadline.left());
    if (!chosen) {
      return fail(std::move(chosen).error());
    }
    if (chosen->scope != 0) {
      return {};  // an address of one link; libcurl's notation for it has no room for the link
    }
    m_place = place;
    m_address = *chosen;
    m_pins.reset();
    append(m_pins, place + ":" + (chosen->is_v6 ? "[" + chosen->host() + "]" : chosen->host()));
    return {};
  }

  void set_request(const HttpRequest& request, curl_slist* headers) {
    set(CURLOPT_RESOLVE, m_pins.get());
    set(CURLOPT_URL, request.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_HTTPHEADER, headers);
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
      set(CURLOPT_POSTFIELDS, request.body.data() == nullptr ? "" : request.body.data());
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    } else if (request.method != "GET") {
      set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
  }

  void set_limits(const Deadline& deadline, Transfer& transfer) {
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_TIMEOUT_MS, whole_milliseconds(deadline.left()));
    set(CURLOPT_CONNECTTIMEOUT_MS, whole_milliseconds(deadline.left()));
    set(CURLOPT_ERRORBUFFER, m_error_text.data());
    set(CURLOPT_HEADERFUNCTION, &on_header);
    set(CURLOPT_HEADERDATA, &transfer);
    set(CURLOPT_WRITEFUNCTION, &on_body_part);
    set(CURLOPT_WRITEDATA, &transfer);
  }

  void set_tls(const TlsFiles& tls) {
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

  bool reached(CURLINFO time) const {
    curl_off_t microseconds = 0;
    return curl().easy_getinfo(m_handle.get(), time, &microseconds) == CURLE_OK && microseconds > 0;
  }

  Error explain(CURLcode code, const Transfer& transfer, const HttpRequest& request,
                const Url& url) const {
    const std::string check_server = "check which server listens on " + url.host_and_port();
    if (transfer.headers_endless) {
      return {ErrorKind::unreachable, "the answer's headers never end", check_server};
    }
    if (transfer.headers_too_large) {
      return {ErrorKind::not_understood, "the answer's headers are larger than 64KiB",
              check_server};
    }
    if (transfer.body_too_large) {
      return {ErrorKind::not_understood,
              "the answer is larger than " + format_size(transfer.max_body), check_server};
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
    if (const auto proxy = parse_url(request.proxy)) {
      failure.proxy = proxy->host_and_port();
    }
    failure.tls = url.is_tls();
    failure.connected = reached(CURLINFO_CONNECT_TIME_T);
    failure.encrypted = reached(CURLINFO_APPCONNECT_TIME_T);
    failure.answer_began = transfer.header_bytes > 0;
    failure.timeout = request.timeout;
    return explain_http_failure(failure);
  }

  std::unique_ptr<CURL, HandleDeleter> m_handle;
  std::array<char, CURL_ERROR_SIZE> m_error_text{};
  std::string m_place;  // "host:port" that m_address is of
  std::optional<Address> m_address;
  List m_pins;
  bool m_failed_for_good = false;
};

HttpClient::HttpClient() : m_impl(std::make_unique<Impl>()) {}
HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;

Result<HttpResponse> HttpClient::send(const HttpRequest& request) {
  return m_impl->perform(request, nullptr);
}

Result<HttpResponse> HttpClient::stream(const HttpRequest& request, const BodyReceiver& on_body) {
  return m_impl->perform(request, &on_body);
}

bool HttpClient::failed_for_good() const {
  return m_impl->failed_for_good();
}

}  // namespace otelctl::net
