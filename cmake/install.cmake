# What `cmake --install` puts in place: the command, the runtime headers, and the CMake package.
include(CMakePackageConfigHelpers)

set(package_directory ${CMAKE_INSTALL_LIBDIR}/cmake/cgrad)

install(TARGETS cgrad cgrad_runtime EXPORT cgradTargets RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/runtime/cgrad DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        FILES_MATCHING PATTERN "*.h")

# The build folder is a package, too (cgrad_DIR=build).
export(TARGETS cgrad cgrad_runtime NAMESPACE cgrad:: FILE ${PROJECT_BINARY_DIR}/cgradTargets.cmake)
configure_file(${PROJECT_SOURCE_DIR}/cmake/CgradAddGradient.cmake ${PROJECT_BINARY_DIR}/CgradAddGradient.cmake
               COPYONLY)

install(EXPORT cgradTargets NAMESPACE cgrad:: DESTINATION ${package_directory})

configure_package_config_file(
  ${PROJECT_SOURCE_DIR}/cmake/cgradConfig.cmake.in ${PROJECT_BINARY_DIR}/cgradConfig.cmake
  INSTALL_DESTINATION ${package_directory})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/cgradConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/cgradConfig.cmake ${PROJECT_BINARY_DIR}/cgradConfigVersion.cmake
              ${PROJECT_SOURCE_DIR}/cmake/CgradAddGradient.cmake DESTINATION ${package_directory})
