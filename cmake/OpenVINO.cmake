# An installed OpenVINO if find_package sees one, else the wheel in .venv.
find_package(OpenVINO QUIET COMPONENTS Runtime)
if(NOT OpenVINO_FOUND)
  file(GLOB wheel ${CMAKE_CURRENT_LIST_DIR}/../.venv/lib/python3*/site-packages/openvino/cmake)
  find_package(OpenVINO QUIET COMPONENTS Runtime PATHS ${wheel} NO_DEFAULT_PATH)
endif()
if(NOT OpenVINO_FOUND)
  message(FATAL_ERROR "OpenVINO was not found. './dev setup' installs it into .venv; or set OpenVINO_DIR to the folder "
                      "of your OpenVINOConfig.cmake.")
endif()
message(STATUS "OpenVINO ${OpenVINO_VERSION}: ${OpenVINO_DIR}")
