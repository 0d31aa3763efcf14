# passa_module(NAME ledger LAYER 2 DEPENDS base db SOURCES post.cpp ...): one static library passa_<name>.
#
# DEPENDS names other modules only; a module of the same or a higher layer is refused here, unless the layer allows
# neighbours (1 and 3: logging under db, one domain module under another). LIBRARIES names fenced third-party targets.
# The rules are design law; tests/tidy reads the #include lines against the same table.
set(PASSA_LAYERS_WITH_NEIGHBOURS 0 1 3 5)

function(passa_module)
  cmake_parse_arguments(M "" "NAME;LAYER" "DEPENDS;SOURCES;LIBRARIES" ${ARGN})
  if(M_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "passa_module(${M_NAME}): unknown ${M_UNPARSED_ARGUMENTS}")
  endif()
  set(target passa_${M_NAME})
  add_library(${target} STATIC ${M_SOURCES})
  set_property(TARGET ${target} PROPERTY PASSA_LAYER ${M_LAYER})
  target_link_libraries(${target} PUBLIC passa_flags fmt::fmt Threads::Threads)
  foreach(neighbour IN LISTS M_DEPENDS)
    if(NOT TARGET passa_${neighbour})
      message(FATAL_ERROR "passa_module(${M_NAME}): no module ${neighbour} above it; order the list in lib/CMakeLists.txt by layer")
    endif()
    get_property(layer TARGET passa_${neighbour} PROPERTY PASSA_LAYER)
    if(layer GREATER M_LAYER OR (layer EQUAL M_LAYER AND NOT M_LAYER IN_LIST PASSA_LAYERS_WITH_NEIGHBOURS))
      message(FATAL_ERROR "passa_module(${M_NAME}, layer ${M_LAYER}) may not use ${neighbour} of layer ${layer}")
    endif()
    target_link_libraries(${target} PUBLIC passa_${neighbour})
  endforeach()
  target_link_libraries(${target} PRIVATE ${M_LIBRARIES})
  if(EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/sql")
    passa_embed_sql(${target} ${M_NAME})
  endif()
endfunction()
