# One target that carries the warnings; linked privately, so that users of the library don't inherit them.
add_library(inflight_warnings INTERFACE)
target_compile_options(inflight_warnings INTERFACE -Wall -Wextra -Wconversion -Wshadow)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(inflight_warnings INTERFACE -Wno-restrict)  # false alarms in std::string (GCC bug 105651)
endif()
if(INFLIGHT_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Instrumented code hides from GCC what is initialized: false alarms in std::regex (GCC bug 105562).
  target_compile_options(inflight_warnings INTERFACE -Wno-maybe-uninitialized)
endif()
if(INFLIGHT_DEVELOPER)
  target_compile_options(inflight_warnings INTERFACE -Werror)
endif()
