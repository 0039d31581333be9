// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/own_names.hpp"

#include <fstream>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/temporary_folder.hpp"

namespace otelctl::test {
namespace {

// The mount keeps the file alive when its folder is gone.
bool put_over(const std::string& path, const std::string& text) {
  const TemporaryFolder folder;
  const std::string file = folder.path("file");
  std::ofstream(file) << text;
  return mount(file.c_str(), path.c_str(), nullptr, MS_BIND, nullptr) == 0;
}

}  // namespace

bool enter_own_names(const std::string& hosts, const std::string& name_server) {
  return unshare(CLONE_NEWNS) == 0 &&
         mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         put_over("/etc/hosts", hosts) && put_over("/etc/nsswitch.conf", "hosts: files dns\n") &&
         put_over("/etc/resolv.conf", "nameserver " + name_server + "\n");
}

MuteNameServer::MuteNameServer(const std::string& address)
    : m_descriptor(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
  constexpr std::uint16_t k_dns_port = 53;
  sockaddr_in four{};
  four.sin_family = AF_INET;
  four.sin_port = htons(k_dns_port);
  inet_pton(AF_INET, address.c_str(), &four.sin_addr);
  if (bind(m_descriptor, reinterpret_cast<const sockaddr*>(&four), sizeof four) != 0) {
    close(m_descriptor);
    m_descriptor = -1;
  }
}

MuteNameServer::~MuteNameServer() {
  if (m_descriptor >= 0) {
    close(m_descriptor);
  }
}

}  // namespace otelctl::test
