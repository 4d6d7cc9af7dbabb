# The utility in a whole system
add_test(NAME manage_system COMMAND python3 ${CMAKE_SOURCE_DIR}/TEST/MANAGE/services_test.py)
set_tests_properties(manage_system PROPERTIES ENVIRONMENT "BUILD_DIR=${CMAKE_BINARY_DIR}" TIMEOUT 300)
