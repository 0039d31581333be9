// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/resolver.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>

#include "net/connect_words.hpp"
#include "net/url.hpp"

namespace otelctl::net {
namespace {

// A name with more addresses than this is a test of our patience.
constexpr std::size_t k_max_addresses = 32;

struct InfoDeleter {
  void operator()(addrinfo* list) const { freeaddrinfo(list); }
};

struct Lookup {
  int error = 0;
  std::vector<Address> addresses;
};

Lookup look_up(const std::string& host, std::uint16_t port, int flags) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags;
  addrinfo* raw = nullptr;
  Lookup lookup;
  lookup.error = getaddrinfo(host.c_str(), nullptr, &hints, &raw);
  const std::unique_ptr<addrinfo, InfoDeleter> list(lookup.error == 0 ? raw : nullptr);
  for (const addrinfo* each = list.get();
       each != nullptr && lookup.addresses.size() < k_max_addresses; each = each->ai_next) {
    Address address;
    address.port = port;
    if (each->ai_family == AF_INET) {
      sockaddr_in four{};
      std::memcpy(&four, each->ai_addr, sizeof four);
      std::memcpy(address.bytes.data(), &four.sin_addr, 4);
    } else if (each->ai_family == AF_INET6) {
      sockaddr_in6 six{};
      std::memcpy(&six, each->ai_addr, sizeof six);
      address.is_v6 = true;
      address.scope = six.sin6_scope_id;
      std::memcpy(address.bytes.data(), &six.sin6_addr, 16);
    } else {
      continue;
    }
    if (std::find(lookup.addresses.begin(), lookup.addresses.end(), address) ==
        lookup.addresses.end()) {
      lookup.addresses.push_back(address);
    }
  }
  return lookup;
}

// What names under "localhost" stand for where nobody says otherwise (RFC 6761, 6.3): bare
// container images have no /etc/hosts, and name servers do not know these names.
std::vector<Address> loopback_addresses(std::uint16_t port) {
  Address four;
  four.port = port;
  four.bytes = {127, 0, 0, 1};
  Address six;
  six.port = port;
  six.is_v6 = true;
  six.bytes.back() = 1;
  return {four, six};
}

// For these names a name server is not asked but by systems without a hosts file, and what it says
// or does not say is not needed.
constexpr nanoseconds k_loopback_time = std::chrono::milliseconds(200);

// Shared with a thread that may outlive the wait.
struct Pending {
  std::mutex mutex;
  std::condition_variable done;
  bool is_done = false;
  Lookup lookup;
};

}  // namespace

std::string Address::host() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(is_v6 ? AF_INET6 : AF_INET, bytes.data(), text.data(), text.size());
  return text.data();
}

std::string Address::to_string() const {
  return join_host_port(host(), port);
}

Result<std::vector<Address>> resolve(std::string_view host, std::uint16_t port,
                                     nanoseconds timeout) {
  const std::string name(host);
  const std::string place = join_host_port(host, port);
  if (is_ip_address(host)) {
    return look_up(name, port, AI_NUMERICHOST).addresses;
  }
  const auto pending = std::make_shared<Pending>();
  try {
    std::thread([pending, name, port] {
      Lookup lookup = look_up(name, port, 0);
      const std::lock_guard lock(pending->mutex);
      pending->lookup = std::move(lookup);
      pending->is_done = true;
      pending->done.notify_all();
    }).detach();
  } catch (const std::system_error& error) {
    return fail(ErrorKind::internal, std::string("no thread could be started: ") + error.what());
  }
  const bool is_local = is_loopback(host);
  std::unique_lock lock(pending->mutex);
  const bool is_answered =
      pending->done.wait_for(lock, is_local ? std::min(timeout, k_loopback_time) : timeout,
                             [&] { return pending->is_done; });
  if (is_local && (!is_answered || pending->lookup.addresses.empty())) {
    return loopback_addresses(port);
  }
  if (!is_answered) {
    return fail(no_name_answer(place, timeout));
  }
  if (pending->lookup.error == EAI_AGAIN) {
    return fail(ErrorKind::unreachable, "the name server gave no answer about '" + name + "'",
                "check /etc/resolv.conf and the way to the name server, or use an address");
  }
  if (pending->lookup.addresses.empty()) {
    return fail(unknown_name(place));
  }
  return std::move(pending->lookup.addresses);
}

}  // namespace otelctl::net
