# Fuzz targets: name_fuzz.cxx is a program of its own, built only with -DWITH_FUZZ=ON and clang.
# `make fuzz` builds the target "fuzzers" and runs each of them for a while.
option(WITH_FUZZ "build the fuzz targets (clang with libFuzzer)" OFF)
if(WITH_FUZZ)
    set(fuzz_flags -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
        -fno-omit-frame-pointer)
    add_library(core_fuzz STATIC EXCLUDE_FROM_ALL ${SOURCES_CORE})
    target_compile_options(core_fuzz PRIVATE ${DIALECT} ${NO_DOLLAR} ${fuzz_flags})
    target_include_directories(core_fuzz PUBLIC ${SEE_CORE})
    add_custom_target(fuzzers)
    file(GLOB fuzz_sources CONFIGURE_DEPENDS TEST/FUZZ/*_fuzz.cxx)
    foreach(source IN LISTS fuzz_sources)
        get_filename_component(name ${source} NAME_WE)
        add_executable(${name} EXCLUDE_FROM_ALL ${source})
        target_compile_options(${name} PRIVATE -std=c++98 -Wall -Wextra -Werror -Wno-long-long
            -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all)
        target_include_directories(${name} PRIVATE TEST/SUPPORT)
        target_link_options(${name} PRIVATE -fsanitize=fuzzer,address,undefined)
        target_link_libraries(${name} PRIVATE core_fuzz)
        add_dependencies(fuzzers ${name})
    endforeach()
endif()
