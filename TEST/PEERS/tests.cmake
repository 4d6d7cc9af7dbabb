# End to end with real clients and servers from Debian's packages.  One at a time, beside other tests: they mostly
# wait, so the first free place is theirs.
foreach(name cluster senders readers secure_pop postfix outbound mail_send dns antispam hostile crash sweep start run system)
    if(EXISTS ${CMAKE_SOURCE_DIR}/TEST/PEERS/${name}_test.py)
        add_test(NAME peers_${name} COMMAND python3 ${CMAKE_SOURCE_DIR}/TEST/PEERS/${name}_test.py)
        set_tests_properties(peers_${name} PROPERTIES ENVIRONMENT "BUILD_DIR=${CMAKE_BINARY_DIR}"
                             TIMEOUT 900 RESOURCE_LOCK peers COST 100)
    endif()
endforeach()
