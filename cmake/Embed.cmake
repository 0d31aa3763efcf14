# Text that the binary carries: SQL statements, long help, templates. Edited files and new files both rebuild.
#
# passa_embed_sql(target name): every <module>/sql/*.sql becomes `passa::<name>::sql::<file>` of type db::Statement in the
# generated header "<name>_sql.hpp"; the accessor, the file and the prepared statement share one name. The global property
# PASSA_SQL_HEADERS lists what makes these headers, for a test that reads all of them.
# passa_embed_files(target header namespace files...): `k_files`, an array of {file name, text} in name order.
set(PASSA_EMBED_SCRIPT "${CMAKE_CURRENT_LIST_DIR}/embed_sql.cmake")
set(PASSA_EMBED_FILES_SCRIPT "${CMAKE_CURRENT_LIST_DIR}/embed_files.cmake")

function(passa_embed_sql target name)
  file(GLOB files CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/sql/*.sql")
  set(out "${PROJECT_BINARY_DIR}/generated/${name}_sql.hpp")
  add_custom_command(OUTPUT "${out}"
    COMMAND "${CMAKE_COMMAND}" "-DOUT=${out}" "-DNAME=${name}" "-DFILES=${files}" -P "${PASSA_EMBED_SCRIPT}"
    DEPENDS ${files} "${PASSA_EMBED_SCRIPT}" VERBATIM)
  add_custom_target(${target}_sql DEPENDS "${out}")
  add_dependencies(${target} ${target}_sql)
  set_property(GLOBAL APPEND PROPERTY PASSA_SQL_HEADERS ${target}_sql)
endfunction()

function(passa_embed_files target header namespace)
  set(out "${PROJECT_BINARY_DIR}/generated/${header}")
  add_custom_command(OUTPUT "${out}"
    COMMAND "${CMAKE_COMMAND}" "-DOUT=${out}" "-DNAME=${namespace}" "-DFILES=${ARGN}" -P "${PASSA_EMBED_FILES_SCRIPT}"
    DEPENDS ${ARGN} "${PASSA_EMBED_FILES_SCRIPT}" VERBATIM)
  string(MAKE_C_IDENTIFIER "${header}" id)
  add_custom_target(${target}_${id} DEPENDS "${out}")
  add_dependencies(${target} ${target}_${id})
endfunction()
