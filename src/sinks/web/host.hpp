// What this machine can tell about its network: addresses, and who has a port.
#pragma once

#include <cstdint>
#include <string>

namespace inflight::web {

/// The address to open for one that is listened on: for "all of them" (0.0.0.0, ::) one by which others reach this
/// machine, or 127.0.0.1 when it has none.
std::string address_to_open(const std::string& listened);

/// Who listens on a TCP port of this machine: "python3 (process 4711)", or empty when that can't be seen. Reads /proc.
std::string owner_of_port(std::uint16_t port);

}  // namespace inflight::web
