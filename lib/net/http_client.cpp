// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/http_client.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "net/http_transfer.hpp"

namespace otelctl::net {

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
  Result<HttpResponse> perform(const HttpRequest& request, const BodyReceiver* on_body) {
    m_failed_for_good = false;
    const auto checked = check_request(request);
    if (!checked) {
      return fail(checked.error());
    }
    const Deadline deadline(request.timeout);
    if (auto pinned = m_pin.find(checked->next_hop, deadline); !pinned) {
      return fail(std::move(pinned).error());
    }
    m_transfer.set_up(*checked);
    m_transfer.begin(request.body, deadline, m_pin, on_body);
    auto response = m_transfer.end(curl().easy_perform(m_transfer.handle()), request.timeout);
    m_failed_for_good = m_transfer.failed_for_good();
    if (!response) {
      m_pin.forget();
    }
    return response;
  }

  bool failed_for_good() const { return m_failed_for_good; }

 private:
  HttpTransfer m_transfer;
  AddressPin m_pin;
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
