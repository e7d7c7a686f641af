# cgrad_add_gradient(TARGET app SOURCE model.c [OUTPUT model_grad.c]
#                    [GRAD "f: x[n]" ...] [VJP ...] [SPLIT ...] [JVP ...] [HVP ...] [JACOBIAN ...] [HESSIAN ...]
#                    [OPTIONS ...])
#
# Generates OUTPUT (default: <SOURCE>_grad.c in the current binary folder) and the header beside it when the target is
# built, and compiles OUTPUT into the target. SOURCE is parsed with the include folders, definitions and C standard of
# the target. The command has a depfile: editing SOURCE or a header that it includes runs cgrad again, nothing else does.
#
# Relative paths: SOURCE is looked up in the current source folder, OUTPUT in the current binary folder.

cmake_policy(VERSION 3.20)

function(cgrad_add_gradient)
  set(modes GRAD VJP SPLIT JVP HVP JACOBIAN HESSIAN)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "TARGET;SOURCE;OUTPUT" "${modes};OPTIONS")
  if(arg_UNPARSED_ARGUMENTS OR NOT arg_TARGET OR NOT arg_SOURCE)
    message(FATAL_ERROR "usage: cgrad_add_gradient(TARGET app SOURCE model.c [OUTPUT model_grad.c] "
                        "[GRAD \"f: x[n]\"] [VJP ...] [OPTIONS ...]); not understood: '${arg_UNPARSED_ARGUMENTS}'")
  endif()

  get_filename_component(source ${arg_SOURCE} ABSOLUTE)
  if(NOT arg_OUTPUT)
    get_filename_component(name ${arg_SOURCE} NAME_WLE)
    set(arg_OUTPUT ${name}_grad.c)
  endif()
  get_filename_component(output ${arg_OUTPUT} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_BINARY_DIR})
  get_filename_component(folder ${output} DIRECTORY)
  get_filename_component(stem ${output} NAME_WLE)
  set(header ${folder}/${stem}.h)
  set(depfile ${output}.d)

  set(requests)
  foreach(mode IN LISTS modes)
    string(TOLOWER ${mode} option)
    foreach(request IN LISTS arg_${mode})
      list(APPEND requests --${option} ${request})
    endforeach()
  endforeach()

  file(MAKE_DIRECTORY ${folder})
  cgrad_target_flags(${arg_TARGET} flags)
  add_custom_command(
    OUTPUT ${output} ${header}
    COMMAND cgrad::cgrad ${source} -o ${output} -MD -MF ${depfile} -MT ${output} ${requests} ${arg_OPTIONS} ${flags}
    DEPENDS ${source} cgrad::cgrad
    DEPFILE ${depfile}
    COMMENT "Differentiating ${arg_SOURCE}"
    COMMAND_EXPAND_LISTS VERBATIM)
  target_sources(${arg_TARGET} PRIVATE ${output} ${header})
  target_include_directories(${arg_TARGET} PRIVATE ${folder}
                             $<TARGET_PROPERTY:cgrad::runtime,INTERFACE_INCLUDE_DIRECTORIES>)
  if(CMAKE_C_COMPILER_ID MATCHES "GNU|Clang")
    # Generated sums carry `#pragma omp simd reduction`: this lets them be vectorized; no OpenMP library is involved.
    set_property(SOURCE ${output} APPEND PROPERTY COMPILE_OPTIONS -fopenmp-simd)
  endif()
endfunction()

# The flags for the C parser that the target's own sources are compiled with, as generator expressions.
function(cgrad_target_flags target result)
  set(flags)
  foreach(pair IN ITEMS -I:INCLUDE_DIRECTORIES -D:COMPILE_DEFINITIONS)
    string(REPLACE ":" ";" pair ${pair})
    list(GET pair 0 flag)
    list(GET pair 1 property)
    set(values $<REMOVE_DUPLICATES:$<TARGET_PROPERTY:${target},${property}>>)
    list(APPEND flags "$<$<BOOL:${values}>:${flag}$<JOIN:${values},$<SEMICOLON>${flag}>>")
  endforeach()
  set(standard $<TARGET_PROPERTY:${target},C_STANDARD>)
  list(APPEND flags "$<$<BOOL:${standard}>:-std=gnu${standard}>")
  set(${result} "${flags}" PARENT_SCOPE)
endfunction()
