// The kinds of failure that end a command, each with a message a user can act on.
#pragma once

#include <stdexcept>
#include <string>

namespace inflight {

/// A failure of the world: a file, a device, a model. The message names the thing and the remedy in one line.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A failure of the caller: an option or an argument that cannot be meant. Programs exit with 2 on it, 1 on `Error`.
class UsageError : public Error {
 public:
  using Error::Error;
};

/// The caller asked for it: what blocked was given up. Programs exit with 130.
class Interrupted : public Error {
 public:
  using Error::Error;
};

/// The first line of what a library said, without trailing blanks: what fits into a one-line message.
std::string first_line(const std::string& text);

}  // namespace inflight
