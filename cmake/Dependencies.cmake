# Everything comes from the system, but OpenVINO, which may come from the project's own virtual environment.
include(OpenVINO)

find_package(PkgConfig REQUIRED)
pkg_check_modules(FFMPEG REQUIRED IMPORTED_TARGET libavformat libavcodec libavutil libswscale)
pkg_check_modules(CAIRO REQUIRED IMPORTED_TARGET cairo)
find_package(libyuv REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(Threads REQUIRED)
if(INFLIGHT_DEVELOPER)
  find_package(GTest REQUIRED)
endif()
