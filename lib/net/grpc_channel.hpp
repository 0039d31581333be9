// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include <grpcpp/channel.h>
#include <grpcpp/support/channel_arguments.h>

#include "base/result.hpp"
#include "net/deadline.hpp"
#include "net/grpc_client.hpp"
#include "net/resolver.hpp"

namespace otelctl::net {

// The channel of a client to one target, made when it is first wanted and anew after a connection
// was lost. May be used from many threads at once.
class GrpcChannel {
 public:
  using Handle = std::shared_ptr<grpc::Channel>;

  explicit GrpcChannel(GrpcTarget target);

  const GrpcTarget& target() const { return m_target; }

  // The channel that there is, else a new one to an address that answers. Error kinds: settings,
  // for TLS files and proxies that cannot be used, and where descriptors are short; unreachable.
  Result<Handle> find(const Deadline& deadline);

  // A call over it met no server: the next find() makes another, and chooses among the name's
  // addresses again when no connection came about. Calls that are under way keep the old one.
  void forget(const Handle& channel, bool also_address);

 private:
  Result<Handle> make(const Deadline& deadline);
  grpc::ChannelArguments make_arguments(const Deadline& deadline) const;

  GrpcTarget m_target;
  std::mutex m_mutex;  // guards those below
  // A retry may have little time left, with which the next requests could not live.
  nanoseconds m_longest_timeout{};
  Handle m_channel;
  std::optional<Address> m_address;
};

}  // namespace otelctl::net
