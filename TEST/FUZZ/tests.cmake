# Fuzz targets: name_fuzz.cxx is a program of its own, built only with -DWITH_FUZZ=ON and clang, on the
# libraries that `make sanitize` tests.  `make fuzz` builds "fuzzers" and runs each of them for a while.
if(WITH_FUZZ)
    # of SHIM its command language only has coverage
    file(GLOB command_sources CONFIGURE_DEPENDS SRC/SHIM/CLI/cld_*.cxx SRC/SHIM/CLI/command_*.cxx
        SRC/SHIM/CLI/parsed_command.cxx SRC/SHIM/LIBRARIAN/help_text.cxx)
    set_source_files_properties(${command_sources} PROPERTIES SKIP_PRECOMPILE_HEADERS ON
        COMPILE_OPTIONS "${FUZZ_COVERAGE}")
    add_custom_target(fuzzers)
    file(GLOB fuzz_sources CONFIGURE_DEPENDS TEST/FUZZ/*_fuzz.cxx)
    foreach(source IN LISTS fuzz_sources)
        get_filename_component(name ${source} NAME_WE)
        add_executable(${name} EXCLUDE_FROM_ALL ${source})
        set(std -std=c++98)
        if(name MATCHES "^shim_")
            set(std -std=gnu++17)
            target_include_directories(${name} PRIVATE SRC/SHIM)
            target_link_libraries(${name} PRIVATE shim)
        elseif(name STREQUAL "pop_mail_session_fuzz")
            set(std -std=gnu++17) # it makes users, by SHIM's own headers
        endif()
        target_compile_options(${name} PRIVATE ${std} -Wall -Wextra -Werror -Wno-long-long -O1 -fsanitize=fuzzer)
        target_include_directories(${name} PRIVATE TEST/SUPPORT)
        target_link_options(${name} PRIVATE -fsanitize=fuzzer)
        if(name MATCHES "_session_fuzz$|^pop_headers_fuzz$|^local_")
            target_link_libraries(${name} PRIVATE receiver pop)
        endif()
        target_link_libraries(${name} PRIVATE core)
        add_dependencies(fuzzers ${name})
    endforeach()
endif()
