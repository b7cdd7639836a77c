// Becomes a plugin: a shared object that a program loads while it runs, with the queue's headers in it.
#include "inflight/infer/detail/user_code_scope.hpp"

extern "C" bool inflight_test_plugin_is_in_user_code() { return inflight::detail::UserCodeScope::on_this_thread(); }
