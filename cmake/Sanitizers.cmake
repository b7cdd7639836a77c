# INFLIGHT_SANITIZE=address,undefined or thread. OpenVINO and FFmpeg are not instrumented: the thread sanitizer is for
# tests that run without them.
if(INFLIGHT_SANITIZE)
  add_compile_options(-fsanitize=${INFLIGHT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${INFLIGHT_SANITIZE})
endif()
if(INFLIGHT_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()
