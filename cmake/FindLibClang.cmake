# Finds libclang's C interface, version 17 or later.
#
# The packages of the distributions spread it over several places and their own CMake files need the C++ libraries too,
# so: look where they put it, best version first, and take the first one that compiles and links the one function
# that versions before 17 lack.
#
#   CGRAD_LIBCLANG_VERSION   only this major version
#   LibClang_ROOT            look below this prefix first
#
# Defines the target LibClang::LibClang, LibClang_VERSION (major) and LibClang_RESOURCE_DIR (its builtin headers).

include(FindPackageHandleStandardArgs)

set(libclang_versions 19 20 21 22 23 24 18 17)
if(CGRAD_LIBCLANG_VERSION)
  set(libclang_versions ${CGRAD_LIBCLANG_VERSION})
endif()

set(libclang_probe ${CMAKE_BINARY_DIR}/CMakeFiles/libclang_probe.c)
file(WRITE ${libclang_probe}.in [[
#include <clang-c/Index.h>
int main(void)
{
    return (int)clang_getCursorBinaryOperatorKind(clang_getNullCursor());
}
]])
configure_file(${libclang_probe}.in ${libclang_probe} COPYONLY)

# libclang_try(INCLUDE_DIR LIBRARY RESULT): whether a program that asks for an operator's kind can be built.
function(libclang_try include_dir library result)
  try_compile(compiles ${CMAKE_BINARY_DIR}/CMakeFiles/libclang_probe ${libclang_probe}
              CMAKE_FLAGS -DINCLUDE_DIRECTORIES=${include_dir} LINK_LIBRARIES ${library})
  set(${result} ${compiles} PARENT_SCOPE)
endfunction()

# The headers' own word for the version: CINDEX_VERSION_MINOR is 64 in libclang 17; later ones are known by their place.
function(libclang_look version)
  set(prefixes ${LibClang_ROOT} /usr/lib/llvm-${version} /usr/lib/llvm${version} /opt/homebrew/opt/llvm@${version}
               /usr/local/opt/llvm@${version})
  find_path(libclang_include clang-c/Index.h HINTS ${prefixes} PATH_SUFFIXES include NO_CACHE NO_DEFAULT_PATH)
  find_library(libclang_library NAMES clang clang-${version} HINTS ${prefixes} PATH_SUFFIXES lib lib64 NO_CACHE
               NO_DEFAULT_PATH)
  find_library(libclang_library NAMES clang-${version} NO_CACHE)
  if(NOT libclang_include OR NOT libclang_library)
    return()
  endif()
  libclang_try(${libclang_include} ${libclang_library} usable)
  if(usable)
    set(LibClang_INCLUDE_DIR ${libclang_include} CACHE PATH "Folder of clang-c/Index.h")
    set(LibClang_LIBRARY ${libclang_library} CACHE FILEPATH "libclang")
    set(LibClang_VERSION ${version} CACHE STRING "Major version of libclang")
  endif()
endfunction()

foreach(version IN LISTS libclang_versions)
  if(NOT LibClang_LIBRARY)
    libclang_look(${version})
  endif()
endforeach()

foreach(prefix IN ITEMS ${LibClang_INCLUDE_DIR}/.. /usr)
  foreach(lib IN ITEMS lib lib64)
    if(NOT LibClang_RESOURCE_DIR AND EXISTS ${prefix}/${lib}/clang/${LibClang_VERSION}/include/stddef.h)
      get_filename_component(LibClang_RESOURCE_DIR ${prefix}/${lib}/clang/${LibClang_VERSION} ABSOLUTE)
    endif()
  endforeach()
endforeach()

find_package_handle_standard_args(
  LibClang REQUIRED_VARS LibClang_LIBRARY LibClang_INCLUDE_DIR VERSION_VAR LibClang_VERSION
  REASON_FAILURE_MESSAGE "cgrad needs libclang 17 or later: apt-get install libclang-19-dev (or set LibClang_ROOT)")

if(LibClang_FOUND AND NOT TARGET LibClang::LibClang)
  add_library(LibClang::LibClang SHARED IMPORTED)
  set_target_properties(LibClang::LibClang PROPERTIES IMPORTED_LOCATION ${LibClang_LIBRARY}
                        INTERFACE_INCLUDE_DIRECTORIES ${LibClang_INCLUDE_DIR})
endif()
mark_as_advanced(LibClang_INCLUDE_DIR LibClang_LIBRARY LibClang_VERSION)
