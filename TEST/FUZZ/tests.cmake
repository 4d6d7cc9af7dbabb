# Fuzz targets: name_fuzz.cxx is a program of its own, built only with -DWITH_FUZZ=ON and clang.
# `make fuzz` builds the target "fuzzers" and runs each of them for a while.
option(WITH_FUZZ "build the fuzz targets (clang with libFuzzer)" OFF)
if(WITH_FUZZ)
    set(fuzz_flags -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
        -fno-omit-frame-pointer)
    add_library(core_fuzz STATIC EXCLUDE_FROM_ALL ${SOURCES_CORE})
    target_compile_options(core_fuzz PRIVATE ${DIALECT} ${NO_DOLLAR} ${fuzz_flags})
    target_include_directories(core_fuzz PUBLIC ${SEE_CORE})
    # whole sessions need the rooms above CORE; SHIM itself stays uninstrumented
    set(session_sources ${SOURCES_VMS} ${SOURCES_MTA} ${SOURCES_RECEIVER} ${SOURCES_POP})
    list(FILTER session_sources EXCLUDE REGEX "_main\\.cxx$")
    add_library(sessions_fuzz STATIC EXCLUDE_FROM_ALL ${session_sources})
    target_compile_options(sessions_fuzz PRIVATE -std=c++98 -w ${fuzz_flags}) # the dialect is tested elsewhere
    target_include_directories(sessions_fuzz PUBLIC ${SEE_MTA} ${SEE_VMS} SRC/VMS SRC/RECEIVER SRC/POP)
    target_link_libraries(sessions_fuzz PUBLIC core_fuzz shim ssl crypto)
    add_dependencies(sessions_fuzz messages)
    # SHIM's command language: instrumented here, the rest comes from the library
    file(GLOB command_sources CONFIGURE_DEPENDS SRC/SHIM/CLI/cld_*.cxx SRC/SHIM/CLI/command_*.cxx
        SRC/SHIM/CLI/parsed_command.cxx SRC/SHIM/LIBRARIAN/help_text.cxx)
    add_library(commands_fuzz STATIC EXCLUDE_FROM_ALL ${command_sources})
    target_compile_options(commands_fuzz PRIVATE -std=gnu++17 -w ${fuzz_flags})
    target_include_directories(commands_fuzz PUBLIC SRC/SHIM)
    target_link_libraries(commands_fuzz PUBLIC shim)
    add_custom_target(fuzzers)
    file(GLOB fuzz_sources CONFIGURE_DEPENDS TEST/FUZZ/*_fuzz.cxx)
    foreach(source IN LISTS fuzz_sources)
        get_filename_component(name ${source} NAME_WE)
        add_executable(${name} EXCLUDE_FROM_ALL ${source})
        set(std -std=c++98)
        if(name MATCHES "^shim_")
            set(std -std=gnu++17)
            target_link_libraries(${name} PRIVATE commands_fuzz)
        elseif(name STREQUAL "pop_mail_session_fuzz")
            set(std -std=gnu++17) # it makes users, by SHIM's own headers
        endif()
        target_compile_options(${name} PRIVATE ${std} -Wall -Wextra -Werror -Wno-long-long
            -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all)
        target_include_directories(${name} PRIVATE TEST/SUPPORT)
        target_link_options(${name} PRIVATE -fsanitize=fuzzer,address,undefined)
        if(name MATCHES "_session_fuzz$|^pop_headers_fuzz$|^local_")
            target_link_libraries(${name} PRIVATE sessions_fuzz)
        endif()
        target_link_libraries(${name} PRIVATE core_fuzz)
        add_dependencies(fuzzers ${name})
    endforeach()
endif()
