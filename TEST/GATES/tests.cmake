# The gates; each is a test of its own, so that a failure says which rule is broken.
foreach(gate rooms dollars banned long names contract constants externs modules tests params c98tests statics columns sizes)
    add_test(NAME gate_${gate} COMMAND python3 ${CMAKE_SOURCE_DIR}/TEST/GATES/gates.py ${gate} --build ${CMAKE_BINARY_DIR})
endforeach()
add_test(NAME gate_descrip COMMAND python3 ${CMAKE_SOURCE_DIR}/SRC/SHIM/TOOLS/make_descrip.py --check)
add_test(NAME gate_template COMMAND python3 ${CMAKE_SOURCE_DIR}/SRC/SHIM/TOOLS/make_template.py --check)
add_test(NAME gate_pcsi COMMAND python3 ${CMAKE_SOURCE_DIR}/SRC/SHIM/TOOLS/make_pcsi.py --check)
# .COM .CLD .HLP .MSG .OPT .MMS
add_test(NAME gate_vms_files COMMAND python3 ${CMAKE_SOURCE_DIR}/TEST/GATES/vms_files.py --build ${CMAKE_BINARY_DIR})
add_test(NAME gate_vms_files_can_fail COMMAND python3 ${CMAKE_SOURCE_DIR}/TEST/GATES/vms_files_test.py)
set_tests_properties(gate_vms_files_can_fail PROPERTIES ENVIRONMENT "BUILD_DIR=${CMAKE_BINARY_DIR}")
# that each of them can fail
add_test(NAME gates_can_fail COMMAND python3 ${CMAKE_SOURCE_DIR}/TEST/GATES/gates_test.py)
