# embed_files(TARGET HEADER FUNCTION FILE...): an object library with the files in it, as the function that the header
# (below src) declares: `web::page_files` of namespace inflight. An entry name=path gives a file another name. It is made
# again when one of them changes.
#
# Also the script that the build calls for it:
#   cmake -DOUTPUT=... -DHEADER=... -DFUNCTION=... -DENTRIES=name=path;... -P EmbedFiles.cmake
if(CMAKE_SCRIPT_MODE_FILE)
  set(data "")
  set(table "")
  set(number 0)
  foreach(entry ${ENTRIES})
    string(REGEX MATCH "^([^=]+)=(.*)$" _ "${entry}")
    set(name ${CMAKE_MATCH_1})
    file(READ "${CMAKE_MATCH_2}" bytes HEX)
    string(LENGTH "${bytes}" length)
    math(EXPR length "${length} / 2")
    # Lines of 64 bytes. A string, since compilers read it many times faster than a list of numbers.
    string(REPEAT "." 128 line)
    string(REGEX REPLACE "(${line})" "\\1\n" bytes "${bytes}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${bytes}")
    string(REPLACE "\n" "\"\n    \"" bytes "${bytes}")
    string(APPEND data "// ${name}\nconstexpr char bytes_${number}[] =\n    \"${bytes}\";\n")
    string(APPEND table "    {\"${name}\", {bytes_${number}, ${length}}},\n")
    math(EXPR number "${number} + 1")
  endforeach()
  file(WRITE "${OUTPUT}" "// Made by cmake/EmbedFiles.cmake.
#include \"${HEADER}\"

namespace inflight {
namespace {

${data}
constexpr EmbeddedFile files[] = {
${table}};

}  // namespace

std::span<const EmbeddedFile> ${FUNCTION}() noexcept { return files; }

}  // namespace inflight
")
  return()
endif()

set(EMBED_FILES_SCRIPT ${CMAKE_CURRENT_LIST_FILE})

function(embed_files target header function)
  set(entries "")
  set(paths "")
  foreach(entry ${ARGN})
    if(NOT entry MATCHES "=")
      get_filename_component(name ${entry} NAME)
      set(entry ${name}=${entry})
    endif()
    string(REGEX REPLACE "^[^=]+=" "" path ${entry})
    list(APPEND entries ${entry})
    list(APPEND paths ${path})
  endforeach()
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${target}.cpp)
  # A list in one argument: the generator's quoting and the shell's leave the semicolons alone.
  add_custom_command(OUTPUT ${output} VERBATIM DEPENDS ${paths} ${EMBED_FILES_SCRIPT}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DHEADER=${header} -DFUNCTION=${function} "-DENTRIES=${entries}" -P ${EMBED_FILES_SCRIPT}
    COMMENT "Embedding ${function}")
  add_library(${target} OBJECT ${output})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/include)
endfunction()
