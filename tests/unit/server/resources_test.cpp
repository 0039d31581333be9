// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/resources.hpp"

#include "opentelemetry/proto/resource/v1/resource.pb.h"
#include <doctest/doctest.h>

#include "tests/unit/server/make_request.hpp"

namespace otelctl::server {
namespace {

using otelctl::testing::add_attribute;

std::string resource_of(std::string_view service) {
  opentelemetry::proto::resource::v1::Resource resource;
  add_attribute(resource, "service.name").set_string_value(std::string(service));
  return resource.SerializeAsString();
}

TEST_CASE("a resource without a usable service.name is called as Jaeger calls it") {
  opentelemetry::proto::resource::v1::Resource resource;
  CHECK(service_of(resource.SerializeAsString()) == "missing-service-name");
  add_attribute(resource, "host.name").set_string_value("h");
  CHECK(service_of(resource.SerializeAsString()) == "missing-service-name");
  auto& name = add_attribute(resource, "service.name");
  CHECK(service_of(resource.SerializeAsString()) == "service-name-wrong-type");
  name.set_int_value(5);
  CHECK(service_of(resource.SerializeAsString()) == "service-name-wrong-type");
  name.set_string_value("");
  CHECK(service_of(resource.SerializeAsString()) == "empty-service-name");
  name.set_string_value("cart");
  add_attribute(resource, "service.name").set_string_value("second");
  CHECK(service_of(resource.SerializeAsString()) == "cart");
}

TEST_CASE("equal resources and scopes are one entry, gone with the last user") {
  Resources resources;
  const std::uint64_t empty = resources.memory();
  const std::string cart = resource_of("cart");
  const std::uint64_t cost = resources.look_up(cart, "");
  CHECK(cost > 0);
  Resource* const resource = resources.acquire();
  CHECK(resources.memory() - empty <= cost);
  CHECK(resource->service == "cart");
  CHECK(resources.look_up(cart, "") == 0);
  CHECK(resources.acquire() == resource);
  resources.release(resource);

  CHECK(resources.look_up_scope(*resource, "", "") > 0);
  Scope* const first = resources.acquire_scope();
  CHECK(first->resource == resource);
  CHECK(resources.look_up_scope(*resource, "", "") == 0);
  CHECK(resources.acquire_scope() == first);
  CHECK(resources.look_up_scope(*resource, "", "http://schema") > 0);
  Scope* const other = resources.acquire_scope();
  CHECK(other != first);
  resources.release(resource);

  CHECK(resources.look_up(cart, "http://schema") > 0);
  Resource* const elsewhere = resources.acquire();
  CHECK(elsewhere != resource);
  CHECK(resources.look_up_scope(*elsewhere, "", "") > 0);

  const std::uint64_t full = resources.memory();
  resources.release_scope(first);
  CHECK(resources.memory() == full);
  resources.release_scope(first);
  CHECK(resources.memory() < full);
  resources.release_scope(other);
  CHECK(resources.look_up(cart, "") > 0);
  resources.release(elsewhere);
  CHECK(resources.memory() == resources.table_memory());
}

}  // namespace
}  // namespace otelctl::server
