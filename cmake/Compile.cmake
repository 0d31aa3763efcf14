# One interface target, passa_flags, carries every compile and link flag of the house.
add_library(passa_flags INTERFACE)
target_compile_options(passa_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast -Wnon-virtual-dtor
  -Woverloaded-virtual -Wformat=2 -Wimplicit-fallthrough)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(passa_flags INTERFACE -Wlogical-op -Wduplicated-cond
    -Wno-missing-field-initializers) # designated initialisers leave the rest at their defaults on purpose
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(passa_flags INTERFACE -Wno-missing-field-initializers -Wno-missing-designated-field-initializers
    -Wno-deprecated-declarations) # as above; libstdc++ 12 uses a function that it deprecates itself
endif()
if(PASSA_WERROR)
  target_compile_options(passa_flags INTERFACE -Werror)
endif()
target_compile_definitions(passa_flags INTERFACE _GLIBCXX_ASSERTIONS)
target_include_directories(passa_flags INTERFACE "${PROJECT_SOURCE_DIR}" "${PROJECT_BINARY_DIR}/generated")
# Paths of the building machine do not belong into the binary.
target_compile_options(passa_flags INTERFACE "-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=")

if(PASSA_FAULTS)
  target_compile_definitions(passa_flags INTERFACE PASSA_FAULTS)
endif()

if(PASSA_FUZZ)
  target_compile_options(passa_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(PASSA_SANITIZE)
  target_compile_options(passa_flags INTERFACE -fsanitize=${PASSA_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer
    "$<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>") # instrumented code makes GCC see ghosts, as its manual says
  target_link_options(passa_flags INTERFACE -fsanitize=${PASSA_SANITIZE})
elseif(NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
  target_compile_options(passa_flags INTERFACE -fstack-protector-strong -fstack-clash-protection -fcf-protection
    -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
  target_link_options(passa_flags INTERFACE -pie -Wl,-z,relro,-z,now)
endif()

find_program(LLD ld.lld)
if(LLD)
  target_link_options(passa_flags INTERFACE -fuse-ld=lld)
endif()
