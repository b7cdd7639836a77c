# INFLIGHT_SANITIZE=address,undefined or thread. OpenVINO and FFmpeg are not instrumented: the thread sanitizer is for
# tests that run without them.
if(INFLIGHT_SANITIZE)
  add_compile_options(-fsanitize=${INFLIGHT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${INFLIGHT_SANITIZE})
  if(INFLIGHT_SANITIZE MATCHES "undefined")
    # What GCC's `undefined` leaves out: numbers that their integer cannot hold, and elements that a container does not.
    add_compile_options(-fsanitize=float-cast-overflow)
    add_compile_definitions(_GLIBCXX_ASSERTIONS)
  endif()
endif()
if(INFLIGHT_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()
