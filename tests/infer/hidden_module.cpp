// Becomes two shared objects that hide what they need not show, as plugins do. Each has the queue's headers in it.
#include <functional>

#include "hidden_module.hpp"
#include "inflight/infer/detail/user_code_scope.hpp"

namespace inflight {

void INFLIGHT_TEST_MODULE::run_as_user_code(const std::function<void()>& code) {
  const detail::UserCodeScope inside(nullptr);
  code();
}

bool INFLIGHT_TEST_MODULE::in_user_code() { return detail::UserCodeScope::on_this_thread(); }

}  // namespace inflight
