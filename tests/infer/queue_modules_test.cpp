// Several shared objects of one program, each with the queue's headers in it.
#include <dlfcn.h>
#include <gtest/gtest.h>

#include <memory>

#include "hidden_module.hpp"
#include "inflight/infer/detail/user_code_scope.hpp"

namespace inflight {
namespace {

// A callback of one's queue that submits to another's full one would wait for ever, if each knew only of its own.
TEST(UserCodeScope, IsOneForAllSharedObjectsAlsoWhereTheyHideTheirSymbols) {
  bool second = false, program = false;
  FirstModule::run_as_user_code([&] {
    second = SecondModule::in_user_code();
    program = detail::UserCodeScope::on_this_thread();
  });
  EXPECT_TRUE(second);
  EXPECT_TRUE(program);
  EXPECT_FALSE(SecondModule::in_user_code());
  bool first = false;
  {
    const detail::UserCodeScope inside(nullptr);
    first = FirstModule::in_user_code();
  }
  EXPECT_TRUE(first);
}

TEST(UserCodeScope, IsThatOfThePluginsThatTheProgramLoads) {
  const std::unique_ptr<void, int (*)(void*)> plugin(dlopen(INFLIGHT_TEST_PLUGIN, RTLD_NOW | RTLD_LOCAL), dlclose);
  ASSERT_NE(plugin, nullptr) << dlerror();
  const auto in_user_code = reinterpret_cast<bool (*)()>(dlsym(plugin.get(), "inflight_test_plugin_is_in_user_code"));
  ASSERT_NE(in_user_code, nullptr) << dlerror();
  EXPECT_FALSE(in_user_code());
  const detail::UserCodeScope inside(nullptr);
  EXPECT_TRUE(in_user_code());
}

}  // namespace
}  // namespace inflight
