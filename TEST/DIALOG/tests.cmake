# Conversations with the real images; each protocol's scripts are one test
file(GLOB smtp_dialogs CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/TEST/DIALOG/smtp_*.dlg)
add_test(NAME dialog_smtp COMMAND python3 ${CMAKE_SOURCE_DIR}/TEST/DIALOG/run_dialog.py ${smtp_dialogs})
set_tests_properties(dialog_smtp PROPERTIES ENVIRONMENT "BUILD_DIR=${CMAKE_BINARY_DIR}" TIMEOUT 300)
file(GLOB pop_dialogs CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/TEST/DIALOG/pop_*.dlg)
if(pop_dialogs)
    add_test(NAME dialog_pop COMMAND python3 ${CMAKE_SOURCE_DIR}/TEST/DIALOG/run_dialog.py ${pop_dialogs})
    set_tests_properties(dialog_pop PROPERTIES ENVIRONMENT "BUILD_DIR=${CMAKE_BINARY_DIR}" TIMEOUT 300)
endif()
