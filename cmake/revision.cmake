# Writes OUT with the git revision of SOURCE, and leaves it alone when that is the same as before.
execute_process(COMMAND git -C "${SOURCE}" describe --always --dirty OUTPUT_VARIABLE revision OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
file(CONFIGURE OUTPUT "${OUT}" CONTENT "#define PASSA_REVISION \"${revision}\"\n")
