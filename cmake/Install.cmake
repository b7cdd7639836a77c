# cmake --install build --prefix DIR: headers, libraries, the CMake package `inflight` and the program. The component
# `infer` alone (--component infer) is the request queue, and its part of the package asks for OpenVINO only: hence two
# export sets.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/inflight)

set_target_properties(inflight_infer PROPERTIES EXPORT_NAME infer)
set_target_properties(inflight_inflight PROPERTIES EXPORT_NAME inflight)
# OpenVINO is found where it was: it seldom lies in the system's library folders.
set_target_properties(inflight_infer inflight_inflight inflight_cli PROPERTIES
  INSTALL_RPATH "$ORIGIN;$ORIGIN/../${CMAKE_INSTALL_LIBDIR};$<TARGET_FILE_DIR:openvino::runtime>")

install(TARGETS inflight_infer EXPORT inflightInferTargets COMPONENT infer)
install(TARGETS inflight_inflight EXPORT inflightTargets COMPONENT inflight)
install(TARGETS inflight_cli COMPONENT inflight)
install(EXPORT inflightInferTargets NAMESPACE inflight:: DESTINATION ${package_dir} COMPONENT infer)
install(EXPORT inflightTargets NAMESPACE inflight:: DESTINATION ${package_dir} COMPONENT inflight)

foreach(stage base infer)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/inflight/${stage}
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/inflight COMPONENT infer)
endforeach()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/inflight DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT inflight
  PATTERN base EXCLUDE PATTERN infer EXCLUDE)
install(FILES ${PROJECT_BINARY_DIR}/include/inflight/version.hpp
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/inflight COMPONENT infer)

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/inflightConfig.cmake.in
  ${PROJECT_BINARY_DIR}/inflightConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/inflightConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/inflightConfig.cmake ${PROJECT_BINARY_DIR}/inflightConfigVersion.cmake
  DESTINATION ${package_dir} COMPONENT infer)
install(FILES ${CMAKE_CURRENT_LIST_DIR}/Findlibyuv.cmake DESTINATION ${package_dir} COMPONENT inflight)
