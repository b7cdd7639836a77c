# Everything comes from the system, but OpenVINO, which may come from the project's own virtual environment.
include(OpenVINO)

find_package(PkgConfig REQUIRED)
pkg_check_modules(FFMPEG REQUIRED IMPORTED_TARGET libavdevice libavformat libavcodec libavutil libswscale)
pkg_check_modules(CAIRO REQUIRED IMPORTED_TARGET cairo)
pkg_check_modules(TURBOJPEG REQUIRED IMPORTED_TARGET libturbojpeg)
pkg_check_modules(SDL2 REQUIRED IMPORTED_TARGET sdl2)
find_package(libyuv REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED)  # Asio and Beast: headers only
# Chart.js as one file, for the pages of reports and of the web view.
find_file(CHART_JS NAMES chart.umd.js chart.min.js
  PATHS /usr/share/javascript/chart.js /usr/share/nodejs/chart.js/dist REQUIRED)
if(INFLIGHT_DEVELOPER)
  find_package(GTest REQUIRED)
endif()
