# Text files as C strings: data of the program that people edit as what it is.
#
# cgrad_embed(TARGET PREFIX PATTERN): for every file that matches, TARGET defines `const char *const PREFIX<basename>`.
# Run as a script (cmake -DINPUT= -DOUTPUT= -DSYMBOL= -P embed.cmake) it writes one such C file.
#
# The text becomes an array of numbers: C99 promises string literals of no more than 4095 characters.

if(CMAKE_SCRIPT_MODE_FILE)
  file(READ ${INPUT} bytes HEX)
  get_filename_component(name ${INPUT} NAME)
  string(REGEX REPLACE "(................................)" "\\1\n    " bytes "${bytes}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  file(WRITE ${OUTPUT} "/* The text of ${name}. */
static const unsigned char text[] = {
    ${bytes}0x00};

extern const char *const ${SYMBOL};
const char *const ${SYMBOL} = (const char *)text;
")
  return()
endif()

set(CGRAD_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_FILE})

function(cgrad_embed target prefix pattern)
  file(GLOB inputs CONFIGURE_DEPENDS ${pattern})
  foreach(input IN LISTS inputs)
    get_filename_component(name ${input} NAME_WE)
    string(MAKE_C_IDENTIFIER ${prefix}${name} symbol)
    set(output ${CMAKE_CURRENT_BINARY_DIR}/embedded/${symbol}.c)
    add_custom_command(
      OUTPUT ${output}
      COMMAND ${CMAKE_COMMAND} -DINPUT=${input} -DOUTPUT=${output} -DSYMBOL=${symbol} -P ${CGRAD_EMBED_SCRIPT}
      DEPENDS ${input} ${CGRAD_EMBED_SCRIPT}
      COMMENT "Embedding ${name}"
      VERBATIM)
    target_sources(${target} PRIVATE ${output})
  endforeach()
endfunction()
