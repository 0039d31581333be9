// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace otelctl::server {

// A span name with one of the kinds (SpanKind, 0 to 5) that it was seen with.
struct Operation {
  std::string name;
  std::uint32_t kind = 0;

  friend auto operator<=>(const Operation&, const Operation&) = default;
};

// The services that were seen and their operations, within a number of bytes: what comes when they
// are used up is not noted any more.
class ServiceIndex {
 public:
  explicit ServiceIndex(std::uint64_t max_memory) : m_max_memory(max_memory) {}

  // What noting the span would take; 0 when it is known already or there is no room for it.
  std::uint64_t cost(std::string_view service, std::string_view operation, std::uint32_t kind);
  void note(std::string_view service, std::string_view operation, std::uint32_t kind);

  std::vector<std::string> services() const;                          // sorted
  std::vector<Operation> operations(std::string_view service) const;  // sorted
  std::uint64_t memory() const { return m_memory + bucket_cost_of_services(); }

 private:
  struct OperationView {
    std::string_view name;
    std::uint32_t kind;
  };
  struct OperationHash {
    using is_transparent = void;
    std::size_t operator()(const OperationView& operation) const noexcept {
      return std::hash<std::string_view>{}(operation.name) + operation.kind;
    }
    std::size_t operator()(const Operation& operation) const noexcept {
      return (*this)(OperationView{operation.name, operation.kind});
    }
  };
  struct OperationEqual {
    using is_transparent = void;
    template <typename Left, typename Right>
    bool operator()(const Left& left, const Right& right) const noexcept {
      return left.kind == right.kind && left.name == right.name;
    }
  };
  using Operations = std::unordered_set<Operation, OperationHash, OperationEqual>;
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>{}(text);
    }
  };
  using Services = std::unordered_map<std::string, Operations, TextHash, std::equal_to<>>;

  std::uint64_t bucket_cost_of_services() const;
  const Operations* operations_of(std::string_view service) const;

  std::uint64_t m_max_memory;
  std::uint64_t m_memory = 0;
  Services m_services;
  // The service of the last span, whose followers are mostly of the same.
  mutable const Services::value_type* m_last = nullptr;
};

}  // namespace otelctl::server
