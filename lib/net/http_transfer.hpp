// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "net/curl_library.hpp"
#include "net/deadline.hpp"
#include "net/http_client.hpp"
#include "net/http_receiver.hpp"
#include "net/resolver.hpp"
#include "net/url.hpp"

// One request over libcurl, whichever of its interfaces drives it.
namespace otelctl::net {

struct CurlListDeleter {
  void operator()(curl_slist* list) const { curl().slist_free_all(list); }
};
using CurlList = std::unique_ptr<curl_slist, CurlListDeleter>;

// A request that was checked. It must not outlive the one that it is of.
struct CheckedRequest {
  const HttpRequest& request;
  Url url;
  Url next_hop;  // the proxy, else the URL
  CurlList headers;
};
// Error kinds: those of parse_url; settings, for a header that would begin another line.
Result<CheckedRequest> check_request(const HttpRequest& request);

// Where the next hop's name leads. libcurl spends half of the timeout on a dead address before it
// tries the next of the family, so it is given the one that answers.
class AddressPin {
 public:
  // Finds the address unless it is known. Error kind: unreachable.
  Result<void> find(const Url& next_hop, const Deadline& deadline);
  // A request failed: the next find() chooses again.
  void forget() { m_address.reset(); }
  // For CURLOPT_RESOLVE; nullptr where nothing is to be said.
  const std::shared_ptr<curl_slist>& list() const { return m_list; }

 private:
  std::string m_place;  // "host:port" that m_address is of
  std::optional<Address> m_address;
  std::shared_ptr<curl_slist> m_list;
};

// A libcurl handle, which can be used for one request after the other.
class HttpTransfer {
 public:
  HttpTransfer();

  CURL* handle() const { return m_handle.get(); }

  // What stays the same from one request to the next of the same kind: all but the body and time.
  // `checked` and what it is of must stay until the last of them has ended.
  void set_up(const CheckedRequest& checked);
  // Before a request: its body, borrowed until its end, what its time is and where its name leads.
  void begin(std::string_view body, const Deadline& deadline, const AddressPin& pin,
             const HttpClient::BodyReceiver* on_body = nullptr);
  // What came of it. Throws what the receiver of the body threw.
  Result<HttpResponse> end(CURLcode code, nanoseconds timeout);

  // Whether the last request ended in an Error that another try would meet again.
  bool failed_for_good() const { return m_failed_for_good; }

 private:
  struct HandleDeleter {
    void operator()(CURL* handle) const { curl().easy_cleanup(handle); }
  };

  template <typename Value>
  void set(CURLoption option, Value value) {
    curl().easy_setopt(m_handle.get(), option, value);
  }
  static std::size_t send_body(char* buffer, std::size_t size, std::size_t count,
                               void* user) noexcept;
  static int refuse_to_rewind(void* user, curl_off_t offset, int origin) noexcept;
  void set_request();
  void set_receiver();
  void set_tls(const TlsFiles& tls);
  bool reached(CURLINFO time) const;
  Error explain(CURLcode code, nanoseconds timeout) const;

  std::unique_ptr<CURL, HandleDeleter> m_handle;
  const CheckedRequest* m_checked = nullptr;
  std::string_view m_body_left;
  HttpReceiver m_receiver;
  std::shared_ptr<curl_slist> m_pins;  // what the handle points to
  std::array<char, CURL_ERROR_SIZE> m_error_text{};
  bool m_failed_for_good = false;
};

}  // namespace otelctl::net
